// A verb done in one world leaves every other world as it was: one test for each verb of the director and of playback.
import { describe, expect, test } from 'vitest';
import { capacitySettings } from '../../src/capacity/settings.ts';
import { crowdSettings } from '../../src/crowd/settings.ts';
import { Director } from '../../src/director/director.ts';
import { houseSession, houseSessions } from '../../src/director/house.ts';
import { Playback } from '../../src/world/playback.ts';
import type { OpenWorld } from '../../src/world/world.ts';
import { ADMIN, type FakeHeld, holdRequests, refusalOf } from '../director/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { type OpenWorlds, openWorlds, reserveIn, writingDoors } from './open-worlds.ts';

const DIM = 'summary: Dim.\nrules:\n  - { fault: latency, id: late }\n  - fault: hang\n';
const STORY = `summary: S
ends: 100m
timeScale: 10
cues:
  - { at: 0s, capacity: { servers: 3 } }
  - { at: 0s, crowd: {} }
  - { at: 1m, activate: lost }
  - { at: 50m, activate: hang }
`;

/** One of two that stand there alike, with everything in it that a verb could touch. */
interface Peopled {
  readonly world: OpenWorld;
  readonly held: readonly FakeHeld[];
  readonly doorsAsked: readonly string[];
}

async function people({ director }: OpenWorlds, world: OpenWorld): Promise<Peopled> {
  const doors = writingDoors(world.name);
  world.attach(doors);
  await director.activate(world, { profile: 'dim', ttl: '5m' }, ADMIN);
  await director.addRule(world, { fault: 'hang', id: 'mine' }, ADMIN);
  await world.playback.play('story', { seed: 5 }, ADMIN);
  director.moveClock(world, { advance: '2h' }, ADMIN);
  await reserveIn(world);
  const entry = exchangeEntry();
  world.journal.open(entry);
  world.journal.close(entry, 'answered', world.clock.now());
  const held = ['late', 'dim/1', 'mine'].flatMap((rule) => holdRequests(world.holds, rule, 2));
  doors.asked.length = 0;
  return { world, held, doorsAsked: doors.asked };
}

/** Three worlds alike in all that can be seen of them; a minute and a half into their plays. */
async function openAlike() {
  const opened = await openWorlds({ scenarios: { story: STORY }, profiles: { dim: DIM } });
  const timersBefore = opened.clock.pending;
  const { worlds, clock } = opened;
  const all = [worlds.default, worlds.enter('a').world, worlds.enter('b').world];
  const [home, a, b] = await Promise.all(all.map((world) => people(opened, world)));
  if (!home || !a || !b) throw new Error('three worlds were opened');
  await clock.advanceAsync(90_000);
  for (const { doorsAsked } of [home, a, b]) (doorsAsked as string[]).length = 0;
  return { ...opened, timersBefore, others: [home, a], b };
}

/** All that one world is, as others may see it. */
function seen({ director, dropped }: OpenWorlds, { world, held, doorsAsked }: Peopled) {
  const { load, playback, boxOfficeClock, journal, boxOffice } = world;
  return {
    activations: director.activations(world),
    rules: director.rules(world),
    rulesSeen: ['late', 'mine', 'lost/0', 'hang/0', 'rule/1'].map((id) => director.rulesSeen(world).whyUnasked(id)),
    actions: director.actions(world),
    load: [load.capacity(), load.crowd(), load.observed(), load.capacityObserved()],
    playback: playback.player.status,
    clock: [boxOfficeClock.now(), boxOfficeClock.scale],
    journal: journal.stats,
    house: houseSeen(world),
    boxOffice: [world.seed, world.catalog, world.totals(), boxOffice.openedAt, boxOffice.season],
    held: [world.holds.size, ...held.map(({ how }) => how)],
    webhooks: [world.webhookTotals, world.webhooks.deliveries({ limit: 10 })],
    doors: [...doorsAsked],
    dropped: dropped.filter((name) => name === world.name).length,
  };
}

/** Sessions, and every seat of the first. */
function houseSeen(world: OpenWorld) {
  const { items } = houseSessions(world, { limit: 6 });
  return [items, items.slice(0, 1).map(({ session }) => houseSession(world, session.plan.id))];
}

const HOOK = { client: 'seller-a', url: 'http://127.0.0.1/hook' };

type Verb = (opened: OpenWorlds, world: OpenWorld) => unknown;

const VERBS: Readonly<Record<string, Verb>> = {
  activate: ({ director }, world) => director.activate(world, { profile: 'lost', as: 'mislaid' }, ADMIN),
  'activate, in the place of another': ({ director }, world) =>
    director.activate(world, { profile: 'hang', as: 'dim' }, ADMIN),
  deactivate: ({ director }, world) => director.deactivate(world, 'dim', {}, ADMIN),
  endActivation: ({ director }, world) => director.endActivation(world, 'dim', { release: 'answer' }, ADMIN),
  addRule: ({ director }, world) => director.addRule(world, { fault: 'reset-connection', connections: 'sever' }, ADMIN),
  deleteRule: ({ director }, world) => director.deleteRule(world, 'mine', { release: 'drop' }, ADMIN),
  sever: ({ director }, world) => director.sever(world, {}, ADMIN),
  heal: ({ director }, world) => director.heal(world, {}, ADMIN),
  reset: ({ director }, world) => director.reset(world, { seed: 8, catalog: 'festival' }, ADMIN),
  moveClock: ({ director }, world) => director.moveClock(world, { advance: '1h' }, ADMIN),
  setCapacity: ({ director }, world) =>
    director.setCapacity(world, { capacity: capacitySettings.parse({ servers: 9 }) }, ADMIN),
  setCrowd: ({ director }, world) => director.setCrowd(world, { crowd: crowdSettings.parse({}) }, ADMIN),
  clearJournal: ({ director }, world) => director.clearJournal(world, ADMIN),
  addWebhook: ({ director }, world) => director.addWebhook(world, HOOK, ADMIN),
  deleteWebhook: ({ director }, world) => {
    const { id: endpoint } = director.addWebhook(world, HOOK, ADMIN);
    director.deleteWebhook(world, { endpoint }, ADMIN);
  },
  redeliverWebhook: async ({ director }, world) => {
    director.addWebhook(world, HOOK, ADMIN);
    const order = { sessionId: 's-1', seats: [], reservationId: 'r', orderId: 'o', externalRef: 'x' };
    world.webhooks.heard({ ...order, kind: 'canceled', at: 0, client: 'seller-a', refunded: false });
    await expect.poll(() => world.webhooks.totals.queued).toBe(0);
    const [delivery] = world.webhooks.deliveries({ limit: 1 }).data;
    director.redeliverWebhook(world, { delivery: delivery?.id ?? '' }, ADMIN);
  },
  play: async (_opened, world) => {
    await world.playback.stop({}, ADMIN);
    await world.playback.play('story', { from: '51m' }, ADMIN);
  },
  pause: (_opened, world) => world.playback.pause({}, ADMIN),
  resume: async (_opened, world) => {
    await world.playback.pause({}, ADMIN);
    await world.playback.resume({}, ADMIN);
  },
  seek: (_opened, world) => world.playback.seek({ to: '55m' }, ADMIN),
  stop: (_opened, world) => world.playback.stop({}, ADMIN),
  clear: (_opened, world) => world.playback.clear({}),
};

/** They read, or write down what others did, or let a world go; what they ask of the shelf, or of secrets, is asked for all worlds. */
const NOT_OF_A_WORLD = [
  ...[
    'constructor',
    'activations',
    'rules',
    'clock',
    'actions',
    'snapshot',
    'activationsOf',
    'knownIn',
    'rulesSeen',
    'faultTimes',
    'guard',
    'whyNever',
    'profilesInForce',
  ],
  ...['record', 'forget', 'close', 'scenarios'],
  ...['putProfile', 'deleteProfile', 'reloadProfiles', 'rotateWebhookSecret'],
];

test('every verb of the director and of playback is among those that are tried here', () => {
  const named = [Director, Playback].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
  expect(named.filter((name) => !(name in VERBS) && !NOT_OF_A_WORLD.includes(name))).toEqual([]);
});

describe.each(Object.entries(VERBS))('%s', (_name, verb) => {
  test('in one world changes that one, and no other', async () => {
    const opened = await openAlike();
    const { b, others, clock } = opened;
    const look = () => others.map((other) => seen(opened, other));
    const [before, itself] = [look(), seen(opened, b)];
    expect(before[0]).toMatchObject({ held: [6, 'held', 'held', 'held', 'held', 'held', 'held'] });
    await verb(opened, b.world);
    await clock.settle();
    expect(look()).toEqual(before);
    expect(seen(opened, b)).not.toEqual(itself);
    expect(opened.failures).toEqual([]);
  });
});

test('what runs out in one world runs out there alone', async () => {
  const opened = await openAlike();
  const { b, others, clock, director } = opened;
  await director.activate(b.world, { profile: 'hang', ttl: '1s' }, ADMIN);
  const inForce = ({ world }: Peopled) => director.rules(world).map(({ id }) => id);
  const held = holdRequests(b.world.holds, 'hang/0', 1);
  const elsewhere = others.map(({ world }) => holdRequests(world.holds, 'hang/0', 1)[0]?.how);
  const before = others.map(inForce);
  await clock.advanceAsync(1000);
  expect(inForce(b)).not.toContain('hang/0');
  expect(held.map(({ how }) => how)).toEqual(['dropped']);
  expect(elsewhere).toEqual(['held', 'held']);
  expect(others.map(inForce)).toEqual(before);
  for (const { world } of others) expect(director.actions(world).map(({ verb }) => verb)).not.toContain('expire');
});

test('a deleted world takes nothing of another with it, and none of its timers goes on', async () => {
  const opened = await openAlike();
  const { b, others, worlds, clock } = opened;
  const before = others.map((other) => seen(opened, other));
  await worlds.delete('b', undefined, ADMIN);
  const [home, a] = others.map((other) => seen(opened, other));
  const [put] = home?.actions ?? [];
  expect(put).toMatchObject({ verb: 'delete-world', body: { world: 'b' } });
  expect([{ ...home, actions: home?.actions.slice(1) }, a]).toEqual(before);
  expect(b.held.map(({ how }) => how)).toEqual(Array(6).fill('dropped'));
  await worlds.delete('a', undefined, ADMIN);
  await opened.director.heal(worlds.default, {}, ADMIN);
  await clock.advanceAsync(60_000);
  expect(clock.pending).toBe(opened.timersBefore);
});

test('a profile that is laid over the shelf from one world leaves what is in force elsewhere as it was', async () => {
  const opened = await openAlike();
  const { b, others, director } = opened;
  const before = others.map((other) => seen(opened, other));
  await director.putProfile(b.world, 'dim', 'summary: Other.\nrules:\n  - fault: hang\n', ADMIN);
  await director.reloadProfiles(b.world, ADMIN);
  expect(others.map((other) => seen(opened, other))).toEqual(before);
  await director.endActivation(b.world, 'dim', {}, ADMIN);
  const refused = await refusalOf(() => director.deleteProfile(b.world, 'dim', ADMIN));
  expect(refused.code).toBe('conflict');
});
