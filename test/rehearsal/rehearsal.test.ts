// One rehearsal on the manual clock: its phases, what it may reach, and how it is aborted.
import { describe, expect, test } from 'vitest';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { ADMIN, refusalOf } from '../director/stage.ts';
import { FILE, openRig, type Rig } from './rig.ts';

const inForce = ({ engine }: Rig): string[] => engine.rules.map(({ id }) => id);
const current = (rig: Rig) => rig.rehearsals.get(rig.world, 'current');
const withAbort = (abort: object) => ({ ...FILE, abort });

describe('a rehearsal', () => {
  test('is calm, then has its faults for as long as their phase lasts, recovers, and has finished', async () => {
    const rig = await openRig();
    const { id, phases, status } = await rig.start(FILE);
    expect({ status, phases: phases.map(({ name }) => name) }).toEqual({ status: 'running', phases: ['calm'] });
    await rig.clock.advanceAsync(29_999);
    expect(inForce(rig)).toEqual([]);
    await rig.clock.advanceAsync(1);
    expect(inForce(rig)).toEqual(['rehearsal-1-0/0']);
    const [rule] = rig.engine.rules;
    expect(rule?.matches).toEqual([{ operations: ['completeOrder'], clients: ['shop'] }]);
    expect(rig.director.activations(rig.world)[0]?.expiresAt).toBe(rig.clock.now() + 60_000);
    await rig.clock.advanceAsync(60_000);
    expect(inForce(rig)).toEqual([]);
    expect((await current(rig)).phases.map(({ kind }) => kind)).toEqual(['calm', 'fault', 'recovery']);
    await rig.clock.advanceAsync(90_000);
    const ended = await rig.rehearsals.get(rig.world, id);
    expect(ended).toMatchObject({ status: 'finished', isCutShort: false, abort: null });
    expect(ended.result?.hypothesis).toMatchObject([{ outcome: 'unproven', holds: false }]);
  });

  test('has its books audited when it has ended', async () => {
    const rig = await openRig();
    const { id } = await rig.start(FILE);
    await rig.rehearsals.finish(rig.world, 'current', null, ADMIN);
    const { audit } = await readRecord((await rig.rehearsals.record(rig.world, id))());
    expect(audit).toMatchObject({ breaches: [], count: 0 });
  });

  test('is the only one of its world', async () => {
    const rig = await openRig();
    const { id } = await rig.start(FILE);
    expect(await refusalOf(() => rig.start(FILE))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(id),
    });
    await rig.rehearsals.finish(rig.world, 'current', null, ADMIN);
    expect(await refusalOf(() => current(rig))).toMatchObject({ code: 'not_found' });
    await rig.start(FILE);
  });

  test('that is finished early ends its faults, and says that it was cut short', async () => {
    const rig = await openRig();
    await rig.start(FILE);
    await rig.clock.advanceAsync(31_000);
    const ended = await rig.rehearsals.finish(rig.world, 'current', 'ada', ADMIN);
    expect(ended).toMatchObject({ status: 'finished', isCutShort: true });
    expect(inForce(rig)).toEqual([]);
  });

  test('lets nobody arm anything beyond its blast radius, and binds nobody when it is over', async () => {
    const rig = await openRig();
    const { director, world } = rig;
    await rig.start(FILE);
    const arm = (request: object) => director.activate(world, { profile: 'hang', ...request }, ADMIN);
    const within = { clients: ['shop'], operations: ['completeOrder'] };
    const refused = async (request: object) => (await refusalOf(() => arm(request))).message;
    expect(await refused({ ttl: '1m' })).toContain('may strike any seller');
    expect(await refused({ ttl: '1m', match: { ...within, clients: ['shop', 'other'] } })).toContain('strikes other');
    expect(await refused({ ttl: '1m', match: { clients: ['shop'] } })).toContain('may strike any operation');
    expect(await refused({ match: within })).toContain('has no ttl');
    expect(await refused({ ttl: '6m', match: within })).toContain('lasts 6m');
    const rule = { fault: 'hang', ttl: '1m', match: { operations: ['listSessions'], clients: ['shop'] } };
    const refusal = await refusalOf(() => director.addRule(world, rule, ADMIN));
    expect(refusal).toMatchObject({ code: 'conflict', message: expect.stringContaining('strikes listSessions') });
    await arm({ ttl: '5m', match: within });
    await rig.rehearsals.finish(world, 'current', null, ADMIN);
    await arm({});
  });

  test('refuses a fault that is beyond its own blast radius before it begins', async () => {
    const rig = await openRig();
    const share = { ...FILE, blastRadius: { ...FILE.blastRadius, share: 0.5 } };
    expect(await refusalOf(() => rig.start(share))).toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(/^rehearsal\.yaml:1 phases\[1\]\.on\[0\]: .*share 1.*at most 0\.5/),
    });
    const unknown = {
      ...FILE,
      phases: [
        { name: 'calm', for: '1s' },
        { name: 'f', for: '1s', on: [{ profile: 'hnag' }] },
      ],
    };
    expect((await refusalOf(() => rig.start(unknown))).message).toContain('did you mean hang?');
  });
});

describe('a rehearsal is aborted', () => {
  test('once, all is healed, nothing can be armed until it has finished, and a minute is looked on', async () => {
    const rig = await openRig();
    const { id } = await rig.start(withAbort({ openRequests: 2 }));
    await rig.clock.advanceAsync(31_000);
    for (let n = 0; n < 3; n++) rig.request();
    await rig.clock.advanceAsync(1000);
    expect(inForce(rig)).toEqual([]);
    const aborting = await current(rig);
    expect(aborting).toMatchObject({
      ...{ status: 'aborting', abort: { condition: 'openRequests', value: '3', limit: '2' } },
      phases: [{ kind: 'calm' }, { kind: 'fault' }, { kind: 'recovery' }],
    });
    expect((aborting.abort?.healedAt ?? Infinity) - (aborting.abort?.at ?? 0)).toBeLessThan(1000);
    const match = { clients: ['shop'], operations: ['completeOrder'] };
    const arm = () => rig.director.activate(rig.world, { profile: 'hang', ttl: '1m', match }, ADMIN);
    expect(await refusalOf(arm)).toMatchObject({ code: 'conflict', message: expect.stringContaining('was aborted') });
    await rig.rehearsals.abort(rig.world, 'current', { condition: 'asked', value: 'by x', limit: '' }, ADMIN);
    expect((await current(rig)).abort?.condition).toBe('openRequests');
    await rig.clock.advanceAsync(60_000);
    const ended = await rig.rehearsals.get(rig.world, id);
    expect(ended).toMatchObject({
      status: 'aborted',
      result: { holds: false, hypothesis: [{ outcome: 'not-tested' }] },
    });
    await arm();
  });

  test('before anything is armed where a condition is true in the calm', async () => {
    const rig = await openRig();
    const { id } = await rig.start(withAbort({ memory: '1MiB' }));
    rig.said.memoryBytes = 2 ** 21;
    await rig.clock.advanceAsync(1000);
    expect(await rig.rehearsals.get(rig.world, id)).toMatchObject({
      ...{
        status: 'aborted',
        phases: [{ kind: 'calm' }],
        abort: { condition: 'memory', value: '2MiB', limit: '1MiB' },
      },
    });
  });

  test('before anything is armed where the front door does not answer, though it may fail for longer later', async () => {
    const rig = await openRig();
    rig.said.frontDoor = 'the connection was refused';
    const { id } = await rig.start(withAbort({ frontDoor: { url: 'http://127.0.0.1:3000/', failing: '45s' } }));
    await rig.clock.advanceAsync(30_000);
    expect(inForce(rig)).toEqual([]);
    expect(await rig.rehearsals.get(rig.world, id)).toMatchObject({
      ...{ status: 'aborted', abort: { condition: 'frontDoor', value: 'the connection was refused' } },
    });
  });

  test.each([
    ['wallClock', { wallClock: '40s' }, async () => {}, 10_000],
    [
      'frontDoor',
      { frontDoor: { url: 'http://127.0.0.1:3000/', failing: '5s' } },
      (rig: Rig) => {
        rig.said.frontDoor = 503;
      },
      7000,
    ],
    [
      'eventLoopLag',
      { eventLoopLag: '100ms' },
      (rig: Rig) => {
        rig.said.lagMs = 200;
      },
      3000,
    ],
    [
      'errorShare',
      { errorShare: { above: 0.5, for: '3s' } },
      async (rig: Rig) => {
        for (let second = 0; second < 5; second++) {
          rig.request().end('client-left');
          await rig.clock.advanceAsync(1000);
        }
      },
      0,
    ],
  ])('by %s', async (condition, abort, happens, afterMs) => {
    const rig = await openRig();
    await rig.start(withAbort(abort));
    await rig.clock.advanceAsync(30_000);
    expect((await current(rig)).abort).toBeNull();
    await happens(rig);
    await rig.clock.advanceAsync(afterMs);
    expect((await current(rig)).abort).toMatchObject({ condition });
  });

  test('by half a minute without a heartbeat, once there was one', async () => {
    const rig = await openRig();
    await rig.start(FILE);
    await rig.clock.advanceAsync(45_000);
    expect((await current(rig)).abort).toBeNull();
    rig.rehearsals.heartbeat(rig.world, 'current');
    await rig.clock.advanceAsync(29_000);
    rig.rehearsals.heartbeat(rig.world, 'current');
    await rig.clock.advanceAsync(29_000);
    expect((await current(rig)).abort).toBeNull();
    await rig.clock.advanceAsync(2000);
    expect((await current(rig)).abort).toMatchObject({ condition: 'heartbeat', limit: '30s' });
  });

  test('by the end of its world', async () => {
    const rig = await openRig();
    const { id } = await rig.start(FILE);
    await rig.rehearsals.close();
    expect(await rig.rehearsals.get(rig.world, id)).toMatchObject({ status: 'aborted', abort: { condition: 'world' } });
  });
});
