// A record is read again, wherever it was cut off.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ArrivalEntry } from '../../src/journal/entry.ts';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { entryLine } from '../../src/rehearsal/record-line.ts';
import { ADMIN } from '../director/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { FILE, openRig } from './rig.ts';

async function* pieces(bytes: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** Of a whole rehearsal in which something of each sort happened. */
async function recorded(): Promise<{ bytes: Buffer; requests: number }> {
  const rig = await openRig();
  const { id } = await rig.start({ ...FILE, title: 'ein Höhepunkt – آزمون' });
  rig.request().end();
  await rig.clock.advanceAsync(32_000);
  rig.rehearsals.heartbeat(rig.world, id);
  rig.rehearsals.note(rig.world, id, { author: 'Ada', text: 'the queue – it grows', kind: 'saw' });
  rig.request({ operation: 'completeOrder', method: 'POST' }).end('client-left');
  rig.request(); // open at the end
  await rig.clock.advanceAsync(20_000);
  await rig.rehearsals.abort(rig.world, id, { condition: 'asked', value: 'by Ada', limit: 'nobody asks' }, ADMIN);
  await rig.rehearsals.finish(rig.world, id, 'Ada', ADMIN);
  const chunks = await rig.rehearsals.record(rig.world, id);
  const all: Buffer[] = [];
  for await (const chunk of chunks()) all.push(chunk);
  return { bytes: Buffer.concat(all), requests: 3 };
}

test('a whole record gives back all that happened', async () => {
  const { bytes, requests } = await recorded();
  const seen: ArrivalEntry[] = [];
  const read = await readRecord(pieces(bytes), { arrival: (entry) => seen.push(entry) });
  expect(read).toMatchObject({
    ...{ exchanges: requests, dropped: 0, troubles: [], abort: { condition: 'asked' } },
    header: { id: expect.stringMatching(/^r-/), seed: 7, version: '1.2.3', world: 'default', plan: { client: 'shop' } },
    finish: { status: 'aborted', by: 'Ada' },
    notes: [{ author: 'Ada', text: 'the queue – it grows', kind: 'saw' }],
    phases: [{ kind: 'calm' }, { kind: 'fault' }, { kind: 'recovery' }],
    faults: [{ fault: 'hang', clients: ['shop'] }],
    result: { holds: false },
  });
  expect(read.samples.length).toBe(52);
  expect((read.faults[0]?.to ?? 0) - (read.faults[0]?.from ?? 0)).toBe(22_000);
  expect(read.actions.map(({ verb }) => verb)).toContain('activate');
  expect(seen.map(({ ended }) => ended)).toEqual(['answered', 'client-left', null]);
  expect(seen[1]).toMatchObject({ kind: 'exchange', operation: 'completeOrder', hits: [], status: null });
});

test('a record cut off anywhere gives back the lines before, and says that it was cut', async () => {
  const { bytes } = await recorded();
  const text = bytes.toString('utf8');
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 5000 }),
      async (at, size) => {
        const read = await readRecord(pieces(bytes.subarray(0, at), size));
        const whole = bytes.subarray(0, at).toString('latin1').split('\n');
        const rest = whole.pop() ?? '';
        const lines = whole.map((line) => JSON.parse(Buffer.from(line, 'latin1').toString('utf8')) as { type: string });
        const last = text.split('\n')[whole.length];
        if (rest !== '' && Buffer.from(rest, 'latin1').toString('utf8') === last) lines.push(JSON.parse(last));
        else if (rest !== '')
          expect(read.troubles.join()).toContain(`cut off in line ${whole.length + 1}, of which ${rest.length} bytes`);
        const count = (type: string): number => lines.filter((line) => line.type === type).length;
        expect(read.samples.length).toBe(count('sample'));
        expect(read.exchanges).toBe(count('exchange'));
        expect(read.notes.length).toBe(count('note'));
        expect(read.finish === null).toBe(count('finish') === 0);
        expect(read.header === null).toBe(count('header') === 0);
        if (read.finish === null) expect(read.troubles.join()).toContain('the server ended before the rehearsal did');
      },
    ),
    { numRuns: 300 },
  );
});

test('a line in the middle that cannot be read is told, and costs no other', async () => {
  const { bytes } = await recorded();
  const lines = bytes.toString('utf8').split('\n');
  lines[2] = '{"type":"sample","at":12';
  lines.splice(4, 0, '[]', 'null', '{"type":"exchange"}');
  const read = await readRecord(pieces(Buffer.from(lines.join('\n'))));
  expect(read.troubles).toEqual(['4 of its lines cannot be read; the first of them: line 3 is cut off']);
  expect(read.finish).not.toBeNull();
});

test.each([
  ['{"type":"sample","at":12', 'is cut off'],
  ['{"type":"sample" "at":12}', 'is not JSON'],
  ['no record', 'is not JSON'],
  ['{"type":"samples","at":12}', 'is JSON, but no line of a record'],
  ['', 'is empty'],
  [`{"type":"note","at":1,"text":"${'x'.repeat(4_194_304)}"}`, 'has more than 4194304 bytes'],
])('why a line cannot be read is told: %.30s', async (line, why) => {
  const lines = (await recorded()).bytes.toString('utf8').split('\n');
  lines[2] = line;
  const read = await readRecord(pieces(Buffer.from(lines.join('\n')), 1_000_000));
  expect(read.troubles).toEqual([`one of its lines cannot be read: line 3 ${why}`]);
});

test('an entry is the same after it was written and read', async () => {
  const entry = exchangeEntry({
    seq: 5,
    status: 503,
    ended: 'answered',
    endedAt: 9,
    hits: [{ rule: 'r', fault: 'hang', draw: 0.5 }],
  });
  let back: unknown;
  await readRecord(pieces(Buffer.from(`${entryLine(entry)}\n`)), { arrival: (read) => (back = read) });
  expect(back).toEqual(entry);
});
