// A rate as people write it: 70, "70/s", or "0.7mu", a multiple of what the upstream can serve.
import { z } from 'zod';

/** Highest rate that is simulated, in operations a second. */
const MAX_PER_S = 1_000_000;
const FORM = /^(\d{1,7}(?:\.\d{1,6})?)(\/s|mu)$/;

/** Either operations a second, or a multiple of the upstream's capacity mu. */
export type Rate = { readonly perS: number } | { readonly timesMu: number };

export function rate(): z.ZodType<Rate, number | string> {
  return z
    .union([z.number().min(0).max(MAX_PER_S), z.string().regex(FORM, 'must be a rate such as 70, 70/s or 0.7mu')])
    .transform(readRate)
    .describe('operations a second, such as 70 or 70/s; 0.7mu is 0.7 times what the upstream can serve');
}

/** Operations a second, of an upstream that serves `muPerS`. */
export const ratePerS = (of: Rate, muPerS: number): number =>
  Math.min(MAX_PER_S, 'perS' in of ? of.perS : of.timesMu * muPerS);

/** As people write it. */
export const writtenRate = (of: Rate): number | string => ('perS' in of ? of.perS : `${of.timesMu}mu`);

function readRate(written: number | string): Rate {
  if (typeof written === 'number') return { perS: written };
  const [, figure, unit] = FORM.exec(written) ?? [];
  return unit === 'mu' ? { timesMu: Number(figure) } : { perS: Number(figure) };
}
