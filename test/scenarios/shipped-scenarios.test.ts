// What lies in faults/scenarios/: each is played on the manual clock, and what is in force in each phase is asserted.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ScenarioNames } from '../../src/shelf/scenario.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { parseShipped, ROOT, shippedProfiles } from '../support/shipped.ts';
import { openTheatre, type Playback, piece } from './recording-stage.ts';

const FOLDER = join(ROOT, 'faults/scenarios');
const names: ScenarioNames = {
  operations: OPERATION_NAMES,
  doors: ['main'],
  profiles: shippedProfiles().map(({ name }) => name),
};
const shipped = readdirSync(FOLDER).map((file) => file.replace('.yaml', ''));
const read = (name: string) => piece(readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'), name, names);

/** What is there at one moment of a story. */
interface Phase {
  readonly inForce: readonly string[];
  /** Null: the upstream is infinitely fast. */
  readonly factor: number | null;
  /** Policies of the crowd; empty without one. */
  readonly crowd: readonly string[];
}

const phaseOf = ({ stage }: Playback): Phase => ({
  inForce: stage.inForce(),
  factor: stage.now.capacity?.factor ?? null,
  crowd: stage.now.crowd?.classes.map(({ policy }) => policy) ?? [],
});

/** Plays a story up to each of these moments in turn, and then to its end. */
async function phases(name: string, moments: readonly string[]): Promise<Record<string, Phase>> {
  const playback = openTheatre();
  const { player, clock } = playback;
  await player.play(read(name));
  const seen: Record<string, Phase> = {};
  for (const moment of moments) {
    while (player.status.storyTime !== moment && player.status.status !== 'ended') await clock.advanceAsync(5000);
    seen[moment] = phaseOf(playback);
  }
  while (player.status.status !== 'ended') await clock.advanceAsync(60_000);
  expect(player.status).toMatchObject({ failures: 0, next: null });
  expect(phaseOf(playback)).toEqual({ inForce: [], factor: null, crowd: [] });
  expect(clock.pending).toBe(0);
  return seen;
}

const phase = (inForce: readonly string[], factor: number | null = null, crowd: readonly string[] = []): Phase => ({
  inForce,
  factor,
  crowd,
});

test('nine scenarios are shipped', () => {
  expect(shipped.toSorted()).toEqual([
    'fajr-1399',
    'game-day-150',
    'metastable-retry-storm',
    'payment-cascade',
    'payment-day',
    'presale-code-trouble',
    'rolling-restart',
    'slow-brown-out',
    'stage-tickets',
  ]);
});

describe.each(shipped)('the shipped scenario %s', (name) => {
  const { scenario, text } = read(name);

  test('tells its story in a summary and in notes', () => {
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/scenario-schema\.json\n/);
    expect(scenario.summary).toMatch(/^[A-Z].*\.$/);
    expect(scenario.cues[0]).toMatchObject({ atMs: 0, verb: 'note' });
    expect(scenario.cues.filter(({ verb }) => verb === 'note').length).toBeGreaterThanOrEqual(5);
  });

  test('says before each change why it comes', () => {
    const times = new Set(scenario.cues.filter(({ verb }) => verb === 'note').map(({ atMs }) => atMs));
    const unsaid = scenario.cues.filter(
      ({ verb, atMs }) => verb === 'activate' && ![...times].some((at) => at <= atMs && atMs - at <= 120_000),
    );
    expect(unsaid).toEqual([]);
  });
});

test('fajr-1399 is incident A by the clock: on sale, never answered, a trickle, half served, all clear', async () => {
  const others = ['timeout3', 'naive'];
  expect(await phases('fajr-1399', ['13:56', '14:01', '14:03', '14:49', '14:57', '15:30', '17:30', '18:55'])).toEqual({
    '13:56': phase([], 1, others),
    '14:01': phase([], 1, others),
    '14:03': phase(['upstream-hang'], 0, others),
    '14:49': phase(['upstream-hang'], 0, others),
    '14:57': phase(['upstream-hang'], 0, others),
    '15:30': phase(['half-dead', 'slow-upstream'], 0.27, others),
    '17:30': phase(['half-dead', 'slow-upstream'], 0.85, others),
    '18:55': phase([], 1, others),
  });
});

test('at 60x incident A takes five minutes, and its sale opens five story minutes after the crowd has come', async () => {
  const { scenario } = read('fajr-1399');
  expect(scenario.endsMs / 60).toBe(305_000);
  const crowd = scenario.cues.find(({ verb }) => verb === 'crowd');
  expect(crowd).toMatchObject({ atMs: 0, settings: { arrivals: { onSale: { at: 300_000 } } } });
});

test('stage-tickets is incident B: busy page, 503, connections cut on the next click, recovery after 3.5 hours', async () => {
  expect(await phases('stage-tickets', ['+5m', '+40m', '+1h30m', '+2h40m', '+3h', '+3h40m'])).toEqual({
    '+5m': phase(['congestion-page']),
    '+40m': phase(['congestion-page'], null, ['polite']),
    '+1h30m': phase(['overloaded-503']),
    '+2h40m': phase(['cut-mid-flow']),
    '+3h': phase(['cut-mid-flow']),
    '+3h40m': phase([]),
  });
});

test('the top page of stage-tickets opens after 2.5 hours, and only what comes after it is cut', () => {
  const cuts = read('stage-tickets').scenario.cues.filter(
    (cue) => cue.verb === 'activate' && cue.profile === 'cut-mid-flow',
  );
  expect(cuts).toHaveLength(2);
  for (const cut of cuts) expect('match' in cut && cut.match?.operations).not.toContain('listSessions');
});

test('presale-code-trouble has codes slow, then wrong, then failing, then mended', async () => {
  expect(await phases('presale-code-trouble', ['+1m', '+10m', '+20m', '+27m', '+32m', '+37m'])).toEqual({
    '+1m': phase([]),
    '+10m': phase(['slow-discounts']),
    '+20m': phase(['presale-code-trouble']),
    '+27m': phase(['discount-outage']),
    '+32m': phase(['discount-outage']),
    '+37m': phase([]),
  });
});

test('metastable-retry-storm stalls for ten seconds, has its capacity back, and then meets clients with budgets', async () => {
  expect(await phases('metastable-retry-storm', ['+30s', '+1m5s', '+2m', '+4m'])).toEqual({
    '+30s': phase([], 1, ['timeout3']),
    '+1m5s': phase([], 0, ['timeout3']),
    '+2m': phase([], 1, ['timeout3']),
    '+4m': phase([], 1, ['budgeted']),
  });
});

test('slow-brown-out gets slower by steps and mends by steps', async () => {
  const both = ['naive', 'polite'];
  expect(await phases('slow-brown-out', ['+1m', '+7m', '+12m', '+17m', '+22m', '+27m'])).toEqual({
    '+1m': phase([], 1, both),
    '+7m': phase(['slow-upstream'], 0.8, both),
    '+12m': phase(['slow-upstream'], 0.6, both),
    '+17m': phase(['slow-upstream'], 0.4, both),
    '+22m': phase(['slow-upstream'], 0.8, both),
    '+27m': phase([], 1, both),
  });
});

test('rolling-restart takes one node after the other, each with its connections, and never two', async () => {
  expect(await phases('rolling-restart', ['+1m10s', '+2m', '+4m30s', '+7m', '+10m', '+13m', '+15m'])).toEqual({
    '+1m10s': phase(['first-goes']),
    '+2m': phase(['first-node']),
    '+4m30s': phase([]),
    '+7m': phase(['second-node']),
    '+10m': phase(['third-node']),
    '+13m': phase(['slow-upstream']),
    '+15m': phase([]),
  });
});

test('payment-day makes paying slow, then hang, then doubtful, while box-office time runs ahead', async () => {
  expect(read('payment-day').scenario.timeScale).toBe(10);
  expect(await phases('payment-day', ['+1m', '+3m', '+5m', '+8m', '+11m'])).toEqual({
    '+1m': phase([]),
    '+3m': phase(['slow-checkout']),
    '+5m': phase(['checkout-hang', 'issuer-down']),
    '+8m': phase(['ambiguous-completion', 'return-lost']),
    '+11m': phase([]),
  });
});

test('payment-day strikes both pages of a payment, and payment-cascade nothing else', () => {
  const rulesOf = new Map(shippedProfiles().map((profile) => [profile.name, parseShipped(profile).rules]));
  /** Of each operation, how many activations strike it. */
  const struck = (name: string) => (operation: string) => {
    const isMeant = (match?: { operations?: readonly string[] }) => match?.operations?.includes(operation) ?? true;
    return read(name).scenario.cues.filter(
      (cue) =>
        cue.verb === 'activate' && isMeant(cue.match) && rulesOf.get(cue.profile)?.some(({ match }) => isMeant(match)),
    ).length;
  };
  expect(['paymentPage', 'threeDSecure', 'completeOrder'].map(struck('payment-day'))).toEqual([2, 2, 3]);
  expect(OPERATION_NAMES.filter(struck('payment-cascade'))).toEqual(['paymentPage', 'threeDSecure']);
});

test('payment-cascade has payment get slow by and by, then others beside it, and is all clear again', async () => {
  expect(read('payment-cascade').scenario.timeScale).toBe(20);
  expect(await phases('payment-cascade', ['+1m', '+3m', '+6m', '+9m', '+11m', '+13m'])).toEqual({
    '+1m': phase([]),
    '+3m': phase(['slow-payment']),
    '+6m': phase(['slow-payment'], null, ['polite']),
    '+9m': phase(['slow-payment'], null, ['polite']),
    '+11m': phase([]),
    '+13m': phase([]),
  });
});

test('game-day-150 has a baseline, two experiments, a break, and the storm that only an empty house ends', async () => {
  const others = ['timeout3'];
  expect(
    await phases('game-day-150', ['+20m', '+27m', '+35m', '+45m', '+1h5m', '+1h20m', '+1h30m', '+1h40m', '+2h']),
  ).toEqual({
    '+20m': phase([]),
    '+27m': phase(['experiment-a']),
    '+35m': phase([]),
    '+45m': phase(['experiment-b']),
    '+1h5m': phase([]),
    '+1h20m': phase([], 1, others),
    '+1h30m': phase(['experiment-c'], 0, others),
    '+1h40m': phase([], 1, others),
    '+2h': phase([]),
  });
});
