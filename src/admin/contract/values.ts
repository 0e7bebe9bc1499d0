// The shapes of single values that many shapes have in common.
import { z } from 'zod';

export const time = z.iso.datetime().describe('RFC 3339, UTC');
export const count = z.int().min(0);
