// The shapes of single values that many shapes have in common.
import { z } from 'zod';

export const time = z.iso.datetime().describe('RFC 3339, UTC');
export const count = z.int().min(0);

/** Of a query, where all is text. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((written) => written === 'true')]);
