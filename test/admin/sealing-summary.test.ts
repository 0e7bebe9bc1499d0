// What a second of a world tells while a hidden scenario plays, of what would tell the kinds in force.
import { expect, test } from 'vitest';
import { sealedSummary } from '../../src/admin/sealing-summary.ts';

const RULE = { id: 'a', activation: null, share: 1, held: 0, since: '2026-01-05T12:00:00.000Z', expiresAt: null };
const told = (flood: number, acted: number | null) => ({
  rules: [{ ...RULE, fault: 'connection-flood', acted }],
  connections: { open: 3, flood, opened: 9, closed: 6 },
  ...{ capacity: null, rehearsal: null },
});

test('a flood counts as any connection, and shows in no figure of its own', () => {
  expect(sealedSummary(told(40, 1)).connections).toMatchObject({ open: 43, flood: 0 });
});

test('a kind that cannot be counted has acted as often as one that never did', () => {
  expect(sealedSummary(told(0, null))).toEqual(sealedSummary(told(0, 0)));
  expect(sealedSummary(told(0, 7)).rules).toMatchObject([{ fault: 'sealed', acted: 7 }]);
});
