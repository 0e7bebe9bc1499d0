// schema-drift: the answer is right, and one of its fields is not what the contract says.
import { z } from 'zod';
import type { Reply } from '../../wire/answer/reply.ts';
import { DRIFTS, drifted, fieldsIn } from '../drift.ts';
import { defineFault } from '../fault.ts';
import { jsonText } from '../rewriting.ts';
import { BODIES } from '../touches.ts';

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
  at: ['deliver'],
  touches: BODIES,
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
  fieldsNamed: ({ fields = [] }) => fields,
  arm: ({ drift, fields }) => ({
    deliver(delivery, _arrival, chance) {
      const value = jsonIn(delivery.reply);
      if (value === undefined) return delivery;
      const known = fields ? [] : fieldsIn(value);
      const picked = known[Math.floor(chance.uniform('field') * known.length)];
      const wanted = fields ?? (picked === undefined ? [] : [picked]);
      const body = JSON.stringify(drifted(value, drift, wanted));
      return { ...delivery, reply: { ...delivery.reply, body } };
    },
  }),
});

/** What another rule has spoilt has no fields any more. */
function jsonIn(reply: Reply): unknown {
  const text = jsonText(reply);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
