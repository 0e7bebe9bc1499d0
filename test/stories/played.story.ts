// Every shipped scenario, played at sockets with a client beside it, shows what its phases say; takes five minutes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/shipped.ts';
import { playStory, type Sight, type StoryRun } from './play-story.ts';

const MINUTES = 60_000;
/** Of what is no success, a stray share may be anything: a socket that met two phases, a hiccup of the machine. */
const STRAY = 0.03;
/** Fewer calls than this say nothing about which half of a phase was better. */
const ENOUGH_FOR_HALVES = 100;

/** Where waits and time-outs in real seconds are the story, it runs no faster than they can show. */
const RUNS: readonly StoryRun[] = [
  { name: 'fajr-1399', speed: 60, callsPerS: 20 },
  { name: 'game-day-150', speed: 30, callsPerS: 20 },
  { name: 'metastable-retry-storm', speed: 1, callsPerS: 10 },
  { name: 'payment-cascade', speed: 4, callsPerS: 20 },
  { name: 'payment-day', speed: 4, callsPerS: 20 },
  { name: 'presale-code-trouble', speed: 10, callsPerS: 20 },
  { name: 'rolling-restart', speed: 4, callsPerS: 20 },
  { name: 'slow-brown-out', speed: 10, callsPerS: 20 },
  { name: 'stage-tickets', speed: 60, callsPerS: 20 },
];

test('no shipped scenario is left out', () => {
  const shipped = readdirSync(join(ROOT, 'faults/scenarios')).map((file) => file.replace('.yaml', ''));
  expect(RUNS.map(({ name }) => name)).toEqual(shipped);
});

test.concurrent.for(RUNS)(
  'a client lives through $name as its phases say',
  { timeout: 12 * MINUTES },
  async (story) => {
    const { sights, failures } = await playStory(story);
    expect(sights.flatMap(untruths)).toEqual([]);
    expect(failures).toBe(0);
    if (story.name === 'stage-tickets')
      expect(sights[0]?.sold, 'a few have bought, nearly all cannot').toBeGreaterThan(0);
  },
);

/** What of a phase is not so, in words. */
function untruths({ phase, calls, success, halves, failures }: Sight): string[] {
  const { min, max } = phase.success;
  const seen = `${phase.client} (${phase.operations?.join(', ') ?? 'all'}; ${calls} calls)`;
  const wrong: string[] = [];
  if (calls === 0) wrong.push(`${seen} no call to judge by`);
  else if (success < min || success > max) wrong.push(`${seen} ${success.toFixed(3)} succeed, not ${min} to ${max}`);
  if (phase.rising && calls >= ENOUGH_FOR_HALVES && halves[1] <= halves[0])
    wrong.push(`${seen} ${halves.map((half) => half.toFixed(3)).join(', then ')} succeed, which is not rising`);
  const told: readonly string[] = phase.failures;
  for (const [outcome, share] of Object.entries(failures))
    if (!told.includes(outcome) && share > STRAY) wrong.push(`${seen} ${share.toFixed(3)} end as ${outcome}`);
  return wrong;
}
