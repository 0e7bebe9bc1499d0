// Where the doctor looks for a request in the journal: among the newest first, and then as far back as it may.
import { expect, test } from 'vitest';
import { Patient } from '../../src/doctor/patient.ts';
import type { AdminClient } from '../../src/sdk/admin-client.ts';

const ENTRIES = 600;

interface Page {
  readonly limit: number;
  readonly cursor?: number;
}

/** A journal of `r-600` to `r-1`, newest first, whose cursor is how many came before; and the pages asked for. */
function patientOf(): { patient: Patient; asked: Page[] } {
  const all = Array.from({ length: ENTRIES }, (_, index) => ({ requestId: `r-${ENTRIES - index}` }));
  const asked: Page[] = [];
  const journal = async ({ limit, cursor = 0 }: Page) => {
    asked.push({ limit, cursor });
    const end = cursor + limit;
    return { data: all.slice(cursor, end), nextCursor: end < ENTRIES ? String(end) : null };
  };
  const address = { host: '127.0.0.1', port: 1 };
  const admin = { journal } as unknown as AdminClient;
  return { patient: new Patient({ admin, upstream: address, key: 'k', name: 'n' }), asked };
}

test('a new request is found in a short page', async () => {
  const { patient, asked } = patientOf();
  expect(await patient.entryOf('r-590')).toMatchObject({ requestId: 'r-590' });
  expect(asked).toEqual([{ limit: 25, cursor: 0 }]);
});

test.each(['r-575', 'r-574', 'r-101'])('%s, behind others, is found too', async (requestId) => {
  expect(await patientOf().patient.entryOf(requestId)).toMatchObject({ requestId });
});

test.each(['r-100', 'never-arrived'])('%s is not among the newest 500, and two pages say so', async (requestId) => {
  const { patient, asked } = patientOf();
  expect(await patient.entryOf(requestId)).toBeUndefined();
  expect(asked).toEqual([
    { limit: 25, cursor: 0 },
    { limit: 475, cursor: 25 },
  ]);
});
