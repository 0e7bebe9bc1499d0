// connection-flood: real connections from a process of its own, known at accept, gone at heal.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { Engine } from '../../../src/faults/engine.ts';
import { CAPABLE } from '../../support/arrivals.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { checked, openUpstream } from '../../support/open-upstream.ts';
import { openRaw } from '../../support/raw-socket.ts';

describeConnectionKind('connection-flood', {
  params: { connections: 20 },
  shows: { status: 200, whole: true, ending: 'open' },
});

const flood = (parts: Record<string, unknown>) => ({ fault: 'connection-flood', with: { rate: 2000, ...parts } });

test.each(['idle', 'slow-headers', 'hanging', 'full'])(
  '1,000 in the manner %s stay, and are gone at once when healed',
  async (manner) => {
    const upstream = await openUpstream();
    upstream.arm(flood({ connections: 1000, manner }));
    const { door, world } = upstream;
    await expect.poll(() => door.floodConnections).toBe(1000);
    expect(door.connections.size).toBe(1000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(door.floodConnections).toBe(1000);
    expect(world.inFlight()).toBe(manner === 'hanging' ? 1000 : 0);
    const { data } = world.journal.query({ limit: 1000 });
    expect(data).toHaveLength(manner === 'hanging' || manner === 'full' ? 1000 : 0);
    expect(
      new Set(data.map((entry) => (entry.kind === 'exchange' ? `${entry.client} ${entry.status}` : entry.kind))),
    ).toEqual(new Set({ hanging: ['flood null'], full: ['flood 200'] }[manner]));
    const began = performance.now();
    await upstream.heal();
    await expect.poll(() => door.connections.size, { interval: 5 }).toBe(0);
    expect(performance.now() - began).toBeLessThan(3000);
    await upstream.close();
  },
);

test('each is kept for its time, and replaced', async () => {
  const upstream = await openUpstream();
  upstream.arm(flood({ connections: 50, hold: '200ms' }));
  await expect.poll(() => upstream.door.accepted).toBeGreaterThan(200);
  expect(upstream.door.connections.size).toBeLessThanOrEqual(60);
  await upstream.close();
});

test('it comes no faster than its rate', async () => {
  const upstream = await openUpstream();
  upstream.arm(flood({ connections: 1000, rate: 100 }));
  await expect.poll(() => upstream.door.accepted).toBeGreaterThan(0);
  const began = performance.now();
  await expect.poll(() => upstream.door.accepted, { interval: 5 }).toBeGreaterThanOrEqual(100);
  expect(performance.now() - began).toBeGreaterThan(800);
  await upstream.close();
});

test('a door that was shut meanwhile gets its crowd again', async () => {
  const upstream = await openUpstream();
  upstream.arm(flood({ connections: 100 }));
  await expect.poll(() => upstream.door.floodConnections).toBe(100);
  upstream.world.engine.enforce(
    upstream.world.engine.arm([checked({ fault: 'refuse-connection' })], { activation: 'a', seed: 1 }),
  );
  await upstream.doors.settled();
  await upstream.doors.sever([{}]);
  await expect.poll(() => upstream.door.floodConnections).toBe(0);
  upstream.world.engine.end(upstream.world.engine.rules.slice(1));
  await expect.poll(() => upstream.door.floodConnections).toBe(100);
  await upstream.close();
});

test('it takes slots as any other, and fills the process to its limit', async () => {
  const upstream = await openUpstream({ maxConnections: 300 });
  upstream.arm({ fault: 'connection-slots', with: { slots: 50 } });
  upstream.arm(flood({ connections: 300 }));
  await expect.poll(() => upstream.doorStates).toContain('full');
  expect(upstream.door.waiting).toBe(250);
  expect(await knock(upstream)).toMatchObject({ ending: 'refused' });
  await upstream.heal();
  await expect.poll(() => upstream.doorStates).toContain('room');
  expect(await knock(upstream)).toMatchObject({ status: 200 });
  await upstream.close();
});

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'a process of floods that meets %s is said, and replaced',
  async (signal) => {
    const upstream = await openUpstream();
    upstream.arm({ fault: 'connection-flood', id: 'crowd', with: { connections: 40, rate: 1000 } });
    await expect.poll(() => upstream.door.floodConnections).toBe(40);
    const accepted = upstream.door.accepted;
    process.kill(theFloodProcess(), signal);
    await expect.poll(() => upstream.doorStates).toContain('flood-fails');
    await expect.poll(() => upstream.door.accepted).toBe(accepted + 40);
    expect(floodProcesses()).toHaveLength(1);
    await upstream.close();
  },
);

test('a process that stands still holds up no heal', async () => {
  const upstream = await openUpstream();
  upstream.arm(flood({ connections: 100 }));
  await expect.poll(() => upstream.door.floodConnections).toBe(100);
  process.kill(theFloodProcess(), 'SIGSTOP');
  await upstream.heal();
  await expect.poll(() => upstream.door.floodConnections, { timeout: 10_000 }).toBe(0);
  await expect.poll(floodProcesses).toEqual([]);
  await upstream.close();
});

test('thirty floods at two doors come from one process, and one that ends takes only its own along', async () => {
  const upstream = await openUpstream({ further: ['side'] });
  const { engine } = upstream.world;
  upstream.arm(
    ...Array.from({ length: 29 }, (_, i) => ({
      ...flood({ connections: 10 }),
      id: `crowd-${i}`,
      match: { doors: ['main'] },
    })),
  );
  upstream.arm({ ...flood({ connections: 30 }), match: { doors: ['side'] } });
  const counts = () => upstream.doors.all.map(({ floodConnections }) => floodConnections);
  await expect.poll(counts).toEqual([290, 30]);
  expect(floodProcesses()).toHaveLength(1);
  const pid = theFloodProcess();
  engine.end(engine.rules.slice(0, 1));
  await expect.poll(counts).toEqual([280, 30]);
  engine.end(engine.rules.filter(({ spec }) => spec.match?.doors?.includes('main')));
  await expect.poll(counts).toEqual([0, 30]);
  expect(floodProcesses()).toEqual([pid]);
  await upstream.heal();
  await expect.poll(counts).toEqual([0, 0]);
  await expect.poll(floodProcesses).toEqual([]);
  await upstream.close();
});

test('it refuses to be armed without room, with the figures, and where no flood can be', () => {
  const arm = (conditions: object) =>
    new Engine({ clock: systemClock, conditions: { ...CAPABLE, ...conditions } }).arm(
      [checked(flood({ connections: 600 }))],
      { activation: 'a', seed: 1 },
    );
  expect(() => arm({ floodRoom: () => 599 })).toThrow(/600 asked for, and there is room for 599/);
  expect(() => arm({ floodTrouble: 'no address 127.0.0.77' })).toThrow('no address 127.0.0.77');
  expect(arm({ floodRoom: () => 600 })).toHaveLength(1);
});

test('a client from the address of the flood is taken for it; all others are not', async () => {
  const upstream = await openUpstream();
  const [one, other] = [await openRaw(upstream.port, '127.0.0.77'), await openRaw(upstream.port, '127.0.0.5')];
  await expect.poll(() => upstream.door.connections.size).toBe(2);
  expect(upstream.doors.floodCount).toBe(1);
  for (const { socket } of [one, other]) socket.destroy();
  await expect.poll(() => upstream.doors.floodCount).toBe(0);
  await upstream.close();
});

/** Processes of floods that this one has begun and that live. */
function floodProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        if (state === 'Z' || Number(parent) !== process.pid) return false;
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('helpers/flood');
      } catch {
        return false; // gone meanwhile
      }
    });
}

function theFloodProcess(): number {
  const [pid] = floodProcesses();
  if (pid === undefined) throw new Error('no process of a flood');
  return pid;
}
