// What becomes of held requests when a rule ends: what would end by itself goes on, what would not is reset, and what other rules hold stays.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../../src/doctor/probe.ts';
import type { Rule } from '../../src/faults/rule.ts';
import type { Release } from '../../src/wire/held.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openRaw, type RawSocket } from '../support/raw-socket.ts';

const LIST = requestText('GET', '/v1/sessions?limit=3');
let upstream: OpenUpstream;
let honest: string;
beforeAll(async () => {
  upstream = await openUpstream();
  honest = await (await fetch(`${upstream.url}/v1/sessions?limit=3`, { headers: { connection: 'close' } })).text();
  return () => upstream.close();
});
afterEach(async () => {
  await upstream.heal('drop');
  await upstream.doors.settled();
});

async function ask(): Promise<RawSocket> {
  const raw = await openRaw(upstream.port);
  raw.socket.write(LIST);
  return raw;
}

const bodyOf = ({ heard }: RawSocket): string => heard.split('\r\n\r\n').slice(1).join('\r\n\r\n');
const held = (): string[] => [...upstream.world.holds.countByRule().keys()];
const isHeld = (...rules: string[]) => expect.poll(held).toEqual(rules);
const isWhole = (raw: RawSocket) => expect.poll(() => bodyOf(raw)).toBe(honest);
const isReset = (raw: RawSocket) => expect.poll(() => raw.ending).toBe('rst');

/** Arms rules under the ids a, b, c. */
const arm = (...rules: Rule[]): void => upstream.arm(...rules.map((rule, index) => ({ id: 'abc'[index], ...rule })));

async function end(id: string, how?: Release) {
  const { engine, holds } = upstream.world;
  engine.end(engine.rules.filter((rule) => rule.id === id));
  const released = await holds.release(how, new Set([id]));
  await upstream.doors.settled();
  return released;
}

describe('a rule that ends alone', () => {
  test.each([
    ['latency', { fixed: '1m' }],
    ['slow-body', { bytesPerSecond: 1 }],
    ['slow-body', { bytesPerSecond: 300 }],
  ])('lets what %s %j held go on at full speed, whole', async (fault, params) => {
    arm({ fault, with: params });
    const raw = await ask();
    await isHeld('a');
    expect(await end('a')).toEqual({ dropped: 0, answered: 1 });
    await isWhole(raw);
    expect(raw.ending).toBe('open');
    raw.socket.destroy();
  });

  test('lets a throttled answer through at once', async () => {
    arm({ fault: 'throttle', with: { bytesPerSecond: 1 } });
    const raw = await ask();
    await end('a');
    await isWhole(raw);
    raw.socket.destroy();
  });

  test('lets an answer through whose throttle reached it in mid-air', async () => {
    arm({ fault: 'latency', with: { fixed: '1s' } });
    const raw = await ask();
    await isHeld('a');
    upstream.arm({ fault: 'throttle', id: 'b', with: { bytesPerSecond: 4 } });
    await upstream.doors.reachLiving(upstream.world.engine.rules.filter(({ id }) => id === 'b'));
    await expect.poll(() => raw.heard.length).toBeGreaterThan(0);
    await end('b');
    await isWhole(raw);
    raw.socket.destroy();
  });

  test.each([
    ['hang', {}],
    ['partial-outage', { nodes: 1, bad: 1, how: 'hang' }],
    ['stall-body', {}],
    ['hang-after-work', {}],
    ['early-hints-forever', {}],
    ['wrong-length', {}],
    ['silent-connection', {}],
    ['connection-slots', { slots: 0 }],
  ])('resets what %s %j would have held for ever', async (fault, params) => {
    arm({ fault, with: params });
    await upstream.doors.settled();
    const raw = await ask();
    await isHeld('a');
    if (fault === 'stall-body' || fault === 'wrong-length')
      await expect.poll(() => bodyOf(raw).length).toBeGreaterThan(400);
    expect(await end('a')).toEqual({ dropped: 1, answered: 0 });
    await isReset(raw);
  });

  test('lets in who waited for a slot', async () => {
    arm({ fault: 'connection-slots', with: { slots: 1 } });
    await upstream.doors.settled();
    const served = await ask();
    await isWhole(served);
    const raw = await ask();
    await isHeld('a');
    expect(await end('a')).toEqual({ dropped: 0, answered: 1 });
    await isWhole(raw);
    for (const { socket } of [served, raw]) socket.destroy();
  });

  test('does as it is told instead', async () => {
    arm({ fault: 'latency', with: { fixed: '1m' } });
    const waiting = await ask();
    await isHeld('a');
    expect(await end('a', 'drop')).toEqual({ dropped: 1, answered: 0 });
    await isReset(waiting);
    arm({ fault: 'hang' });
    const hanging = await ask();
    await isHeld('a');
    expect(await end('a', 'answer')).toEqual({ dropped: 0, answered: 1 });
    await isWhole(hanging);
    hanging.socket.destroy();
  });

  test('counts nobody as answered whose client has left, and still does the work', async () => {
    arm({ fault: 'latency', with: { fixed: '1m' } });
    const raw = await ask();
    await isHeld('a');
    raw.socket.resetAndDestroy();
    await expect.poll(() => upstream.world.journal.stats.open).toBe(0);
    expect(await end('a')).toEqual({ dropped: 0, answered: 0 });
    await expect
      .poll(() => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.workedAt)
      .not.toBeNull();
  });
});

describe('of two rules that each make an answer hang, the end of one leaves it to the other', () => {
  const STALL = { fault: 'stall-body', with: { afterBytes: 100 } };
  test.each<[Rule, Rule]>([
    [{ fault: 'hang' }, { fault: 'hang' }],
    [{ fault: 'hang' }, { fault: 'hang-after-work' }],
    [{ fault: 'hang-after-work' }, { fault: 'hang-after-work' }],
    [{ fault: 'hang-after-work' }, STALL],
    [STALL, { fault: 'stall-body', with: { afterBytes: 300 } }],
    [STALL, { fault: 'stall-body', with: { afterBytes: 100 } }],
    [{ fault: 'early-hints-forever' }, { fault: 'hang-after-work' }],
    [{ fault: 'silent-connection' }, { fault: 'silent-connection' }],
    [
      { fault: 'connection-slots', with: { slots: 0 } },
      { fault: 'connection-slots', with: { slots: 0 } },
    ],
  ])('%j, %j', async (first, second) => {
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      arm(first, second);
      await upstream.doors.settled();
      const raw = await ask();
      await expect.poll(() => held().length).toBeGreaterThan(0);
      if (first === STALL) await expect.poll(() => bodyOf(raw).length).toBe(100);
      expect(await end(order[0])).toEqual({ dropped: 0, answered: 0 });
      await expect.poll(held).toContain(order[1]);
      expect(raw.ending).toBe('open');
      const { afterBytes } = (order[1] === 'a' ? first : second).with ?? {};
      if (afterBytes !== undefined) await expect.poll(() => bodyOf(raw).length).toBe(afterBytes);
      expect(await end(order[1])).toEqual({ dropped: 1, answered: 0 });
      await isReset(raw);
    }
  });

  test('silence that was put on a living connection', async () => {
    const raw = await ask();
    await isWhole(raw);
    const silence = { fault: 'silent-connection', connections: 'all' } as const;
    arm(silence, silence);
    for (const rule of upstream.world.engine.rules) await upstream.doors.reachLiving([rule]);
    raw.socket.write(LIST);
    await isHeld('a');
    await end('a', 'answer');
    await isHeld('b');
    expect(await end('b')).toEqual({ dropped: 1, answered: 0 });
    await isReset(raw);
  });
});

describe('of an answer that several rules have a say in, the rest is as those say that are left', () => {
  test('paced and stalled: without its pace it stalls at once', async () => {
    arm({ fault: 'slow-body', with: { bytesPerSecond: 1 } }, { fault: 'stall-body', with: { afterBytes: 200 } });
    const raw = await ask();
    await isHeld('a', 'b');
    expect(await end('a')).toEqual({ dropped: 0, answered: 0 });
    await expect.poll(() => bodyOf(raw).length).toBe(200);
    await isHeld('a', 'b');
    await end('b');
    await isReset(raw);
  });

  test('paced and to stall later: it never stalls, and keeps its pace', async () => {
    arm({ fault: 'slow-body', with: { bytesPerSecond: 1000 } }, { fault: 'stall-body', with: { afterBytes: 900 } });
    const raw = await ask();
    await isHeld('a', 'b');
    const began = performance.now();
    expect(await end('b')).toEqual({ dropped: 0, answered: 0 });
    await isWhole(raw);
    expect(performance.now() - began).toBeGreaterThan(honest.length - 1000);
    raw.socket.destroy();
  });

  test('paced and to be lost: without its pace it is lost at once, after as many bytes', async () => {
    arm({ fault: 'slow-body', with: { bytesPerSecond: 1 } }, { fault: 'lost-reply', with: { afterBytes: 100 } });
    const raw = await ask();
    await isHeld('a', 'b');
    await end('a');
    await isReset(raw);
    expect(bodyOf(raw)).toBe(honest.slice(0, 100));
  });

  test('paced twice: the faster is left', async () => {
    arm({ fault: 'slow-body', with: { bytesPerSecond: 1 } }, { fault: 'slow-body', with: { bytesPerSecond: 20_000 } });
    const raw = await ask();
    await isHeld('a', 'b');
    expect(await end('a')).toEqual({ dropped: 0, answered: 0 });
    await isWhole(raw);
    raw.socket.destroy();
  });

  test('fewer slots and more: whoever finds no slot by the rule that is left waits on', async () => {
    arm({ fault: 'connection-slots', with: { slots: 1 } }, { fault: 'connection-slots', with: { slots: 2 } });
    await upstream.doors.settled();
    const all = [await ask()];
    for (const raw of all) await isWhole(raw);
    for (const count of [1, 2]) {
      all.push(await ask());
      await expect.poll(() => upstream.world.holds.size).toBe(count);
    }
    expect(await end('a')).toEqual({ dropped: 0, answered: 1 });
    await isWhole(all[1] as RawSocket);
    await isHeld('b');
    all[0]?.socket.destroy();
    await isWhole(all[2] as RawSocket);
    for (const { socket } of all) socket.destroy();
  });
});
