// schema-drift: the answer is right, and one of its fields is not what the contract says.
import { z } from 'zod';
import { DRIFTS, drifted, fieldsIn } from '../drift.ts';
import { defineFault } from '../fault.ts';
import { jsonText } from '../rewriting.ts';

export const schemaDrift = defineFault({
  name: 'schema-drift',
  summary: 'A field of the answer is renamed, missing, null or of another type: somebody deployed.',
  teaches: 'Check what you parse where you parse it, and let a surprise fail that call, not the checkout.',
  signature: {
    says: 'A complete true answer in valid JSON, in which some fields break the contract.',
    shows: { status: 200, ending: 'keep', answer: 'whole', work: true, differs: ['body'] },
    trials: [
      {},
      {
        with: { drift: 'rename', fields: ['startsAt'] },
        shows: { tells: '"starts_at"' },
        figures: { lacks: '"startsAt"' },
      },
      { with: { drift: 'drop', fields: ['startsAt'] }, figures: { lacks: '"startsAt"' } },
      { with: { drift: 'null', fields: ['startsAt'] }, shows: { tells: '"startsAt":null' } },
    ],
  },
  at: ['answer'],
  params: z.strictObject({
    drift: z.enum(DRIFTS).default('rename').describe('what becomes of the fields'),
    fields: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(100)
      .optional()
      .describe('names, or the ends of dotted paths, wherever they occur; unset: one of each answer, by its luck'),
  }),
  example: { drift: 'retype', fields: ['prices.amount', 'film.id'] },
  arm: ({ drift, fields }) => ({
    answer(reply, _arrival, chance) {
      const text = jsonText(reply);
      if (text === undefined) return reply;
      const value: unknown = JSON.parse(text);
      const known = fields ? [] : fieldsIn(value);
      const picked = known[Math.floor(chance.uniform('field') * known.length)];
      const wanted = fields ?? (picked === undefined ? [] : [picked]);
      return { ...reply, body: JSON.stringify(drifted(value, drift, wanted)) };
    },
  }),
});
