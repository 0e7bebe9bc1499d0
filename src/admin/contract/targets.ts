// The shape of what a rule may name in its match.
import { z } from 'zod';

export const targetsShape = z.strictObject({
  operations: z.array(
    z.strictObject({
      name: z.string(),
      method: z.string().nullable().describe('null: of requests for no operation'),
      path: z.string().nullable().describe('with its parameters in braces, as /v1/sessions/{id}'),
    }),
  ),
  doors: z.array(z.string()).describe('upstream ports of this world'),
  events: z.array(z.string()).describe('types of webhooks'),
});

export type Targets = z.output<typeof targetsShape>;
