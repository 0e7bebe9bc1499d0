// Slots: places in order of arrival, under any bounds, however connections come, leave and are let go.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlotTable } from '../../src/wire/door/slots.ts';

test('never more served than slots, never more waiting than places, and the first to come is the first called', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.nat(9), { maxLength: 60 }),
      (slots, waiting, visits) => {
        const table = new SlotTable<number>();
        table.become({ slots, waiting, overflow: 'reset', rule: { id: 'r', inForce: true } });
        const served = new Set<number>();
        const queue: number[] = [];
        for (const who of visits) {
          if (served.has(who) || queue.includes(who)) {
            served.delete(who);
            if (queue.includes(who)) queue.splice(queue.indexOf(who), 1);
            for (const next of table.leave(who)) {
              expect(next).toBe(queue.shift());
              expect(table.enter(next)).toBe('serve');
              served.add(next);
            }
          } else {
            const place = table.enter(who);
            if (place === 'serve') served.add(who);
            if (place === 'wait') queue.push(who);
            if (place === 'reset') expect([served.size, queue.length]).toEqual([slots, waiting]);
          }
          expect(served.size).toBeLessThanOrEqual(slots);
          expect(table.waiting).toBe(queue.length);
          expect(queue.length).toBeLessThanOrEqual(waiting);
        }
      },
    ),
  );
});

test('those that wait for a rule that is over are left to be let go, and enter again then', () => {
  const table = new SlotTable<string>();
  const rule = { id: 'r', inForce: true };
  table.become({ slots: 1, waiting: 9, overflow: 'reset', rule: rule });
  expect(['a', 'b', 'c'].map((who) => table.enter(who))).toEqual(['serve', 'wait', 'wait']);
  rule.inForce = false;
  expect(table.become(undefined)).toEqual([]);
  expect(table.waiting).toBe(0);
  expect(table.enter('b')).toBe('serve');
  table.become({ slots: 2, waiting: 0, overflow: 'shut', rule: { id: 's', inForce: true } });
  expect([table.enter('d'), table.full]).toEqual(['shut', true]);
});

test('wider bounds call in as many as there is room for', () => {
  const table = new SlotTable<string>();
  const rule = { id: 'r', inForce: true };
  table.become({ slots: 1, waiting: 9, overflow: 'reset', rule });
  for (const who of ['a', 'b', 'c', 'd']) table.enter(who);
  expect(table.become({ slots: 3, waiting: 9, overflow: 'reset', rule: { id: 's', inForce: true } })).toEqual([
    'b',
    'c',
  ]);
});
