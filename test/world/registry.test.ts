// The registry of worlds: made by use or declared, bounded, let go when idle, and gone for a while when deleted.
import { describe, expect, test } from 'vitest';
import { capacitySettings } from '../../src/capacity/settings.ts';
import { crowdSettings } from '../../src/crowd/settings.ts';
import type { OpenWorld } from '../../src/world/world.ts';
import { DELETED_MS, IDLE_MS } from '../../src/world/worlds.ts';
import { ADMIN, holdRequests, refusalOf } from '../director/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { type OpenWorlds, openedDoor, openWorlds, reserveIn } from './open-worlds.ts';

const MINUTE = 60_000;
/** Idle worlds are looked for twice a minute. */
const SWEPT_MS = IDLE_MS + MINUTE;

const names = ({ worlds }: OpenWorlds): string[] => worlds.list().map(({ name }) => name);
const codeOf = async (asked: () => unknown): Promise<string> => (await refusalOf(asked)).code;

const STORY = 'summary: S\nends: 100m\ncues:\n  - { at: 1m, note: One. }\n';

/** What makes a world one that somebody would miss; gives how that ends. */
type Use = (opened: OpenWorlds, world: OpenWorld) => unknown;

const USES: Readonly<Record<string, Use>> = {
  'a rule': async ({ director }, world) => {
    await director.addRule(world, { fault: 'hang' }, ADMIN);
    return () => director.heal(world, {}, ADMIN);
  },
  'an activation': async ({ director }, world) => {
    await director.activate(world, { profile: 'hang' }, ADMIN);
    return () => director.heal(world, {}, ADMIN);
  },
  'a capacity': ({ director }, world) => {
    director.setCapacity(world, { capacity: capacitySettings.parse({}) }, ADMIN);
    return () => director.setCapacity(world, { capacity: null }, ADMIN);
  },
  'a crowd': ({ director }, world) => {
    director.setCrowd(world, { crowd: crowdSettings.parse({ arrivals: { base: 1 } }) }, ADMIN);
    return () => director.setCrowd(world, { crowd: null }, ADMIN);
  },
  'a play': async (_opened, world) => {
    await world.playback.play('story', {}, ADMIN);
    return () => world.playback.stop({}, ADMIN);
  },
  'a play that is paused': async (_opened, world) => {
    await world.playback.play('story', {}, ADMIN);
    await world.playback.pause({}, ADMIN);
    return () => world.playback.stop({}, ADMIN);
  },
  'a held request': (_opened, { holds }) => {
    holdRequests(holds, 'gone', 1);
    return () => holds.release('drop');
  },
  'a request under way': (_opened, { journal, clock }) => {
    const entry = exchangeEntry();
    journal.open(entry);
    return () => journal.close(entry, 'answered', clock.now());
  },
  'an event stream, or a verification that waits': ({ worlds }, world) => worlds.use(world),
};

describe.each(Object.entries(USES))('%s', (_what, use) => {
  test('keeps a world for as long as it is there', async () => {
    const opened = await openWorlds({ scenarios: { story: STORY } });
    const { worlds, clock } = opened;
    const { world } = worlds.enter('a');
    const end = (await use(opened, world)) as () => unknown;
    await clock.advanceAsync(2 * SWEPT_MS);
    expect(names(opened)).toEqual(['a', 'default']);
    await end();
    await clock.advanceAsync(IDLE_MS - MINUTE);
    expect(names(opened)).toEqual(['a', 'default']);
    await clock.advanceAsync(2 * MINUTE);
    expect([names(opened), opened.closed, opened.dropped]).toEqual([['default'], ['a'], ['a']]);
  });

  test('does not give way to another world, while an empty one does', async () => {
    const opened = await openWorlds({ max: 2, scenarios: { story: STORY } });
    const { worlds, clock } = opened;
    await use(opened, worlds.enter('used').world);
    clock.advance(1);
    worlds.enter('empty');
    worlds.enter('new');
    expect(names(opened)).toEqual(['default', 'new', 'used']);
  });
});

test('a reservation or an order keeps a world from giving way, but not from being idle', async () => {
  const opened = await openWorlds({ max: 1 });
  const { worlds, clock } = opened;
  const reservation = await reserveIn(worlds.enter('a').world);
  expect(await codeOf(() => worlds.enter('b'))).toBe('too_many_worlds');
  const { boxOffice } = worlds.get('a') as OpenWorld;
  await boxOffice.release('seller-a', reservation.id, {} as never);
  expect(worlds.enter('b')).toMatchObject({ made: true });
  await reserveIn(worlds.get('b') as OpenWorld);
  await clock.advanceAsync(SWEPT_MS);
  expect(names(opened)).toEqual(['default']);
});

test('of the worlds made by use the one that was not used for longest gives way', async () => {
  const opened = await openWorlds({ max: 3 });
  const { worlds, clock } = opened;
  for (const name of ['a', 'b', 'c']) {
    worlds.enter(name);
    clock.advance(1);
  }
  worlds.get('a');
  clock.advance(1);
  worlds.enter('d');
  expect(names(opened)).toEqual(['a', 'c', 'd', 'default']);
  clock.advance(1);
  await worlds.put('e', {}, ADMIN);
  expect(names(opened)).toEqual(['a', 'd', 'default', 'e']);
});

test('when all are in use there is no room, however one is asked for, and nothing is half-made', async () => {
  let doors = 0;
  const openDoor = async ({ name }: OpenWorld) => {
    doors++;
    return { ...openedDoor(name, 20_000), close: async () => void doors-- };
  };
  const opened = await openWorlds({ max: 1, openDoor });
  const { worlds, clock } = opened;
  await worlds.put('a', {}, ADMIN);
  const timers = clock.pending;
  expect(await codeOf(() => worlds.enter('b'))).toBe('too_many_worlds');
  expect(await codeOf(() => worlds.put('b', { door: true }, ADMIN))).toBe('too_many_worlds');
  expect([names(opened), doors, clock.pending]).toEqual([['a', 'default'], 0, timers]);
  expect(await codeOf(() => worlds.get('b'))).toBe('world_unknown');
});

test('a call that asks for a world keeps it, and a declared world is never idle', async () => {
  const opened = await openWorlds();
  const { worlds, clock } = opened;
  worlds.enter('a');
  await worlds.put('b', {}, ADMIN);
  for (let quarter = 0; quarter < 4; quarter++) {
    await clock.advanceAsync(IDLE_MS - MINUTE);
    worlds.get('a');
  }
  expect(names(opened)).toEqual(['a', 'b', 'default']);
  await clock.advanceAsync(SWEPT_MS);
  expect(names(opened)).toEqual(['b', 'default']);
});

test('a world made by use that is declared afterwards stays with all that is in it', async () => {
  const opened = await openWorlds();
  const { worlds, clock } = opened;
  const { world } = worlds.enter('a');
  await reserveIn(world);
  expect(await worlds.put('a', { seed: 7, catalog: 'small' }, ADMIN)).toMatchObject({ made: false });
  await clock.advanceAsync(10 * SWEPT_MS);
  expect(worlds.get('a')).toBe(world);
});

test('the same again changes nothing, and another seed, catalogue or port is a conflict', async () => {
  const { worlds } = await openWorlds();
  const first = await worlds.put('a', { seed: 9, catalog: 'festival', door: 20_000 }, ADMIN);
  expect(first).toMatchObject({ made: true, line: { seed: 9, catalog: 'festival', made: 'declared' } });
  for (const same of [{}, { seed: 9 }, { catalog: 'festival' }, { door: true }, { door: 20_000 }] as const)
    expect(await worlds.put('a', same, ADMIN)).toEqual({ ...first, made: false });
  for (const other of [{ seed: 10 }, { catalog: 'small' }, { door: 20_001 }])
    expect(await codeOf(() => worlds.put('a', other, ADMIN))).toBe('conflict');
  expect(worlds.line('a')).toEqual(first.line);
});

test('default is declared as it is, has its doors, and cannot be deleted', async () => {
  const { worlds } = await openWorlds();
  expect(await worlds.put('default', { seed: 7 }, ADMIN)).toMatchObject({
    made: false,
    line: { path: '', made: 'at-start' },
  });
  for (const other of [{ seed: 8 }, { door: true }] as const)
    expect(await codeOf(() => worlds.put('default', other, ADMIN))).toBe('conflict');
  expect(await codeOf(() => worlds.delete('default', undefined, ADMIN))).toBe('conflict');
  expect(worlds.enter('default')).toEqual({ world: worlds.default, made: false });
});

test('the name of a deleted world is gone for a quarter of an hour, until it is declared', async () => {
  const opened = await openWorlds();
  const { worlds, clock } = opened;
  const { world } = worlds.enter('a');
  worlds.enter('b');
  await worlds.delete('a', 'me', ADMIN);
  await worlds.delete('b', undefined, ADMIN);
  expect(opened.dropped).toEqual(['a', 'b']);
  for (const asked of [() => worlds.get('a'), () => worlds.enter('a'), () => worlds.line('a')])
    expect(await codeOf(asked)).toBe('world_deleted');
  expect(await codeOf(() => worlds.delete('a', undefined, ADMIN))).toBe('world_deleted');
  await worlds.put('a', {}, ADMIN);
  expect(worlds.get('a')).not.toBe(world);
  clock.advance(DELETED_MS - 1);
  expect(await codeOf(() => worlds.enter('b'))).toBe('world_deleted');
  clock.advance(1);
  expect(worlds.enter('b').made).toBe(true);
});

test('declared only: no use makes a world; off: nothing does', async () => {
  const declared = await openWorlds({ mode: 'declared' });
  expect(await codeOf(() => declared.worlds.enter('a'))).toBe('world_unknown');
  await declared.worlds.put('a', {}, ADMIN);
  expect(declared.worlds.enter('a').made).toBe(false);
  const off = await openWorlds({ mode: 'off' });
  for (const asked of [() => off.worlds.enter('a'), () => off.worlds.put('a', {}, ADMIN)]) {
    const { code, message } = await refusalOf(asked);
    expect([code, message]).toEqual(['world_unknown', expect.stringContaining('SHOWSTOPPER_WORLDS is off')]);
  }
});

test.each(['', '-a', 'A', 'a_b', 'ä', 'a'.repeat(64), 'a.b', '__proto__'])('%j is no name', async (name) => {
  const opened = await openWorlds();
  const { worlds } = opened;
  const asked = [
    () => worlds.get(name),
    () => worlds.enter(name),
    () => worlds.line(name),
    () => worlds.put(name, {}, ADMIN),
    () => worlds.delete(name, undefined, ADMIN),
  ];
  for (const each of asked) expect(await codeOf(each)).toBe('validation_failed');
  expect(names(opened)).toEqual(['default']);
});

test('an unknown catalogue, or a door that cannot be had, makes no world', async () => {
  const refuse = async () => {
    throw new Error('taken');
  };
  const opened = await openWorlds({ openDoor: refuse });
  const { worlds } = opened;
  expect(await codeOf(() => worlds.put('a', { catalog: 'opera' }, ADMIN))).toBe('unknown_catalog');
  await expect(worlds.put('a', { door: true }, ADMIN)).rejects.toThrow('taken');
  expect([names(opened), await codeOf(() => worlds.get('a'))]).toEqual([['default'], 'world_unknown']);
});

test('a world made by use does not go while a door is opened for it', async () => {
  let open = (): void => {};
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  const opened = await openWorlds({
    max: 1,
    openDoor: async ({ name }) => {
      await opening;
      return openedDoor(name, 20_000);
    },
  });
  const { worlds, clock } = opened;
  const { world } = worlds.enter('a');
  const put = worlds.put('a', { door: true }, ADMIN);
  await clock.advanceAsync(SWEPT_MS);
  expect(await codeOf(() => worlds.enter('b'))).toBe('too_many_worlds');
  open();
  expect((await put).line.upstream).toBe('http://127.0.0.1:20000');
  expect(worlds.get('a')).toBe(world);
});

test('a world made for a call that was refused goes again, unless something is in it', async () => {
  const opened = await openWorlds();
  const { worlds, director } = opened;
  worlds.takeBack(worlds.enter('a').world);
  const { world } = worlds.enter('b');
  await director.addRule(world, { fault: 'hang' }, ADMIN);
  worlds.takeBack(world);
  worlds.takeBack(worlds.get('default'));
  expect(names(opened)).toEqual(['b', 'default']);
});

test('of calls in a new world that are all refused, whichever made it, none leaves it; of others one is enough', async () => {
  const opened = await openWorlds();
  const { worlds } = opened;
  const [first, second] = [worlds.enter('a'), worlds.enter('a')];
  worlds.takeBack(first.world);
  expect(names(opened)).toEqual(['a', 'default']);
  worlds.takeBack(second.world);
  expect(names(opened)).toEqual(['default']);
  const { world } = worlds.enter('a');
  worlds.get('a');
  worlds.takeBack(world);
  expect(names(opened)).toEqual(['a', 'default']);
});

test('the same season is shared by all worlds of one seed, and read only when one is played in', async () => {
  const { worlds } = await openWorlds();
  const [a, b] = ['a', 'b'].map((name) => worlds.enter(name).world);
  expect([a?.isEmpty, a?.isActive]).toEqual([true, false]);
  expect(a?.boxOffice.season).toBe(b?.boxOffice.season);
  expect(a?.boxOffice.season).toBe(worlds.default.boxOffice.season);
});
