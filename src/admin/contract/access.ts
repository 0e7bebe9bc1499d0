// The shape of an answer on who asks.
import { z } from 'zod';

export const accessShape = z.strictObject({
  who: z.enum(['admin', 'viewer', 'open']).describe('whose token it was; open: this server asks for none'),
  mayChange: z.boolean(),
  version: z.string().describe('of the server'),
});

export type Access = z.output<typeof accessShape>;
