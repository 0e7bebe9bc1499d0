// Which worlds are counted, and for how long, on the manual clock.
import { expect, onTestFinished, test } from 'vitest';
import { createTopic } from '../../src/base/topic.ts';
import { capacitySettings } from '../../src/capacity/settings.ts';
import type { Action } from '../../src/director/actions.ts';
import { MAX_IDLE_MS, Summaries, type SummariesSettings } from '../../src/summary/summaries.ts';
import { createBareWorld } from '../director/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { ManualClock } from '../support/manual-clock.ts';

function open(settings: Partial<SummariesSettings> = {}) {
  const clock = new ManualClock();
  const [home, team] = [createBareWorld(clock), createBareWorld(clock, { name: 'team' })];
  const changed = createTopic<Action>();
  const worlds = { default: home, all: [home, team], closed: createTopic<typeof home>() };
  const summaries = new Summaries({ worlds, director: { changed }, clock, ...settings });
  onTestFinished(() => summaries.close());
  const ended: string[] = [];
  summaries.ended.subscribe(({ name }) => ended.push(name));
  const seconds: string[] = [];
  summaries.second.subscribe(({ world, seq, totals }) => seconds.push(`${world.name} ${seq} ${totals.arrived}`));
  return {
    ...{ clock, home, team, summaries, ended },
    arm: () => changed.publish({ verb: 'add-rule', world: 'team' } as Action),
    ask: () => team.journal.open(exchangeEntry({ at: clock.now() })),
    /** The last second that was told of the team. */
    latest: () => seconds.findLast((second) => second.startsWith('team')),
  };
}

test('a world that is idle for five minutes is counted no more, and from the beginning by the next that begins', () => {
  const { clock, arm, ended, latest } = open();
  arm();
  clock.advance(MAX_IDLE_MS - 1000);
  expect(ended).toEqual([]);
  arm();
  clock.advance(MAX_IDLE_MS - 1000);
  expect(ended).toEqual([]);
  clock.advance(1000);
  expect(ended).toEqual(['team']);
  const last = latest();
  clock.advance(5000);
  expect(latest()).toBe(last);
  arm();
  clock.advance(1000);
  expect(latest()).toBe('team 1 0');
});

test('what comes, and what is open, keeps a world counted', () => {
  const { clock, team, arm, ask, ended } = open();
  arm();
  clock.advance(MAX_IDLE_MS - 1000);
  const entry = exchangeEntry({ at: clock.now() });
  team.journal.open(entry);
  clock.advance(2 * MAX_IDLE_MS);
  team.journal.close(entry, 'answered', clock.now());
  clock.advance(MAX_IDLE_MS - 1000);
  expect(ended).toEqual([]);
  ask();
  clock.advance(2 * MAX_IDLE_MS);
  expect(ended).toEqual([]);
});

test('a reader keeps it counted for as long as it reads', () => {
  const { clock, team, summaries, ended } = open();
  const stop = summaries.sample(team, () => true);
  clock.advance(2 * MAX_IDLE_MS);
  expect(ended).toEqual([]);
  stop();
  clock.advance(MAX_IDLE_MS);
  expect(ended).toEqual(['team']);
});

test('a rehearsal keeps it counted, and a capacity', () => {
  let rehearsed = true;
  const { clock, team, arm, ended } = open({ isRehearsed: () => rehearsed });
  arm();
  clock.advance(2 * MAX_IDLE_MS);
  rehearsed = false;
  team.load.setCapacity(capacitySettings.parse({}));
  clock.advance(2 * MAX_IDLE_MS);
  expect(ended).toEqual([]);
  team.load.setCapacity(null);
  clock.advance(MAX_IDLE_MS);
  expect(ended).toEqual(['team']);
});

test('the default world is always counted', () => {
  const { clock, ended } = open();
  clock.advance(3 * MAX_IDLE_MS);
  expect(ended).toEqual([]);
});
