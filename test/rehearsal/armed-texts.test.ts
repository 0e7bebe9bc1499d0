// The texts of what is armed while a rehearsal is recorded: as they were then, each once, and without a key or a secret.
import { describe, expect, test } from 'vitest';
import { MAX_TEXTS } from '../../src/rehearsal/armed-texts.ts';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { ADMIN, KNOWN, PROFILES } from '../director/stage.ts';
import { FILE, openRig, type Rig } from './rig.ts';

const KEY = 'sk-live-of-the-shop';
const KEYED = `summary: One seller.\nrules:\n  - fault: hang\n    match: { clients: [${KEY}] }\n`;
const SECRET = `summary: One header.\nrules:\n  - fault: hang\n    match: { clients: [shop], operations: [completeOrder], headers: { X-Api-Key: very-secret } }\n`;

const readOf = async (rig: Rig, id: string) => readRecord((await rig.rehearsals.record(rig.world, id))());
const on = (rig: Rig, profile: string) =>
  rig.director.activate(
    rig.world,
    { profile, ttl: '1m', match: { clients: ['shop'], operations: ['completeOrder'] } },
    ADMIN,
  );

describe('a record', () => {
  test('has each profile as it was armed, by whomever, and the thresholds in force', async () => {
    const thresholds = thresholdsOf({ recovery: { pass: 30 } });
    const rig = await openRig({ thresholds });
    await on(rig, 'lost');
    const { id } = await rig.start(FILE);
    const changed = `${PROFILES.hang}# as it is on that day\n`;
    await rig.shelf.put('hang', changed);
    await rig.clock.advanceAsync(31_000);
    await on(rig, 'lost');
    await rig.shelf.put('lost', `${PROFILES.lost}# later\n`);
    await on(rig, 'lost');
    await rig.clock.advanceAsync(150_000);
    const { profiles, header } = await readOf(rig, id);
    expect(profiles.map(({ name, text }) => [name, text])).toEqual([
      ['lost', PROFILES.lost],
      ['hang', changed],
      ['lost', `${PROFILES.lost}# later\n`],
    ]);
    expect(header?.thresholds).toEqual(thresholds);
  });

  test('has no key of a seller and no secret of a header', async () => {
    const clients = { named: (given: string) => ({ name: given === KEY ? 'shop' : given }) };
    const rig = await openRig({ known: { ...KNOWN, clients } });
    await rig.shelf.put('keyed', KEYED);
    await rig.shelf.put('secret', SECRET);
    for (const profile of ['keyed', 'secret']) await rig.director.activate(rig.world, { profile, ttl: '1m' }, ADMIN);
    const { id } = await rig.start({ ...FILE, blastRadius: {} });
    const { profiles } = await readOf(rig, id);
    expect(profiles).toMatchObject([
      { name: 'keyed', text: KEYED.replace(KEY, 'shop') },
      { name: 'secret', text: SECRET.replace('very-secret', '[redacted]') },
    ]);
  });

  test('is bounded in texts, and says so', async () => {
    const rig = await openRig();
    const { id } = await rig.start(FILE);
    for (let n = 0; n < MAX_TEXTS + 3; n++) {
      await rig.shelf.put('hang', `${PROFILES.hang}# ${n}\n`);
      await on(rig, 'hang');
    }
    const { profiles, troubles } = await readOf(rig, id);
    expect(profiles).toHaveLength(MAX_TEXTS);
    expect(troubles.filter((trouble) => trouble.startsWith('of the texts'))).toHaveLength(1);
  });
});

test('requests that end while all is healed are written down after it, each once', async () => {
  const rig = await openRig();
  const { id } = await rig.start(FILE);
  await rig.clock.advanceAsync(31_000);
  for (let n = 0; n < 600; n++) {
    const request = rig.request();
    rig.holds.add({
      ...{ rules: ['rehearsal-1-0/0'], since: 0, endsByItself: false, staysHeld: false, left: false, wasReset: false },
      goOn: () => {},
      drop: () => request.end('client-left'),
    });
  }
  await rig.rehearsals.abort(rig.world, 'current', { condition: 'asked', value: 'by x', limit: '' }, ADMIN);
  rig.request().end();
  await rig.rehearsals.finish(rig.world, 'current', null, ADMIN);
  expect((await readOf(rig, id)).exchanges).toBe(601);
});

test('what is open at the end and has left the journal is missed, and what ended meanwhile is not', async () => {
  const rig = await openRig();
  const { id } = await rig.start(FILE);
  for (let n = 0; n < 1003; n++) rig.request(); // the journal holds 1000
  await rig.clock.advanceAsync(181_000);
  const { exchanges, noRoom, troubles } = await readOf(rig, id);
  expect({ exchanges, noRoom }).toEqual({ exchanges: 1000, noRoom: { journal: 3 } });
  expect(troubles.join()).toContain('3 requests that were open at its end had left the journal');
});
