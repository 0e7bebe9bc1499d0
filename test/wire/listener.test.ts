// A door's listener: shut, dark and open again, in any order, without a gap and without losing who is there.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { probe, requestText, type WireEnding } from '../../src/doctor/probe.ts';
import { DarkPlaces } from '../../src/wire/door/dark-places.ts';
import { type DoorState, MAX_DARK_DOORS } from '../../src/wire/door/door-conditions.ts';
import { Listener } from '../../src/wire/door/listener.ts';

const news: string[] = [];
const darkPlaces = new DarkPlaces();
let door: Listener;
beforeEach(async () => {
  news.length = 0;
  door = new Listener({
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    darkPlaces,
    onSocket: (socket) => socket.on('error', () => {}).on('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n')),
    onTrouble: (_error, wanted) => news.push(`cannot be ${wanted}`),
    onMended: (is) => news.push(`is ${is}`),
  });
  await door.open();
});
afterEach(() => door.close());

const knock = (forMs = 150) => probe({ port: door.port, request: requestText('GET', '/'), forMs });
const SHOWS: Record<DoorState, WireEnding> = { open: 'open', shut: 'refused', dark: 'unanswered' };

const states: DoorState[] = ['open', 'shut', 'dark'];
test.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('from %s to %s', async (from, to) => {
  await door.want(from);
  expect(await knock()).toMatchObject({ ending: SHOWS[from] });
  await door.want(to);
  expect(await knock()).toMatchObject({ ending: SHOWS[to] });
  await door.want('open');
  expect(await knock()).toMatchObject({ status: 204 });
  expect(news).toEqual([]);
});

test('nobody is refused or reset while it goes dark and comes back, and who hung is answered in the end', async () => {
  const seen: Promise<WireEnding>[] = [];
  const cancel = systemClock.every(2, () => seen.push(knock(4000).then(({ ending }) => ending)));
  await door.want('dark');
  await expect.poll(() => seen.length).toBeGreaterThan(60);
  await door.want('open');
  await expect.poll(() => seen.length).toBeGreaterThan(100);
  cancel();
  expect(new Set(await Promise.all(seen))).toEqual(new Set(['open']));
});

test('the last of many wishes counts', async () => {
  const wishes = Array.from({ length: 30 }, (_, i) => door.want(states[i % 3] as DoorState));
  await Promise.all(wishes);
  expect(door.state).toBe('dark');
  await Promise.all([door.want('shut'), door.want('dark'), door.want('open')]);
  expect(await knock()).toMatchObject({ status: 204 });
});

test('a port that was taken meanwhile is said once, tried again, and had as soon as it is free', async () => {
  await door.want('shut');
  const thief = createServer().listen(door.port, '127.0.0.1');
  await new Promise((resolve) => thief.once('listening', resolve));
  await door.want('open');
  await door.want('open');
  expect(door.trouble?.message).toContain('EADDRINUSE');
  await new Promise((resolve) => systemClock.after(600, () => resolve(undefined)));
  expect(news).toEqual(['cannot be open']);
  await new Promise((resolve) => thief.close(resolve));
  await expect.poll(() => door.trouble).toBeUndefined();
  expect(news).toEqual(['cannot be open', 'is open']);
  expect(await knock()).toMatchObject({ status: 204 });
});

test('where as many doors are dark as may be, it stays open and says why, until one is open again', async () => {
  for (let taken = 0; taken < MAX_DARK_DOORS; taken++) darkPlaces.take();
  await door.want('dark');
  expect(door.trouble?.message).toContain(`${MAX_DARK_DOORS} doors of the process are dark already`);
  expect(news).toEqual(['cannot be dark']);
  expect(await knock()).toMatchObject({ status: 204 });
  for (let taken = 0; taken < MAX_DARK_DOORS; taken++) darkPlaces.giveBack();
  await expect.poll(() => [door.state, door.trouble]).toEqual(['dark', undefined]);
});

test('a door that is open again has given its place back', async () => {
  for (let taken = 1; taken < MAX_DARK_DOORS; taken++) darkPlaces.take();
  for (const state of ['dark', 'open', 'dark', 'shut', 'dark', 'open'] as const) {
    await door.want(state);
    expect([door.state, door.trouble]).toEqual([state, undefined]);
  }
  for (let taken = 1; taken < MAX_DARK_DOORS; taken++) darkPlaces.giveBack();
});

test.each(['SIGSTOP', 'SIGKILL'] as const)(
  'a helper that meets %s while the door is dark keeps nobody out',
  async (signal) => {
    await door.want('dark');
    process.kill(darkHelper(), signal);
    const began = performance.now();
    await door.want('open');
    expect(door.state).toBe('open');
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await knock()).toMatchObject({ status: 204 });
    expect(news).toEqual([]);
  },
);

function darkHelper(): number {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
      if (Number(parent) === process.pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('helpers/dark-door'))
        return Number(name);
    } catch {} // gone meanwhile
  throw new Error('no helper of a dark door');
}
