// dark-door: a connect is not even refused; where that cannot be had, the rule cannot either.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { requestText } from '../../../src/doctor/probe.ts';
import { Engine } from '../../../src/faults/engine.ts';
import { CAPABLE } from '../../support/arrivals.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { WATCH_MS } from '../../support/kinds.ts';
import { checked, openUpstream } from '../../support/open-upstream.ts';

describeConnectionKind('dark-door', { shows: { ending: 'unanswered', connectMs: undefined, raw: '' } });

test('every one of 200 connects hangs, also the first; who was there is served; who waited is served after heal', async () => {
  const upstream = await openUpstream();
  const socket = connect(upstream.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  upstream.arm({ fault: 'dark-door' });
  await upstream.doors.settled();
  const hung = await Promise.all(Array.from({ length: 200 }, () => knock(upstream, { forMs: WATCH_MS })));
  expect(new Set(hung.map(({ ending }) => ending))).toEqual(new Set(['unanswered']));
  const answer = new Promise((resolve) => socket.once('data', resolve));
  socket.write(requestText('GET', '/v1/health'));
  expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 /);
  const patient = knock(upstream);
  await upstream.heal();
  await upstream.doors.settled();
  expect(await patient).toMatchObject({ status: 200 });
  socket.destroy();
  await upstream.close();
});

test('it refuses to be armed at more doors than may still be dark, those that are dark already and others aside', () => {
  const conditions = { ...CAPABLE, darkRoom: () => 1, notDark: () => ['main', 'team-a'] };
  const engine = new Engine({ clock: systemClock, conditions });
  const arm = (rule: object, share?: number) =>
    engine.arm([checked({ fault: 'dark-door', ...rule }, ['main', 'team-a', 'team-b'])], {
      activation: 'a',
      seed: 1,
      share,
    });
  expect(() => arm({})).toThrow(/2 more doors dark, and there is room for 1: .* at most 16 /);
  expect(() => arm({ match: { doors: ['team-a', 'team-b'] } })).not.toThrow();
  expect(() => arm({}, 0)).not.toThrow();
});

test('rules that are armed together are refused when there is no room for all their doors, each counted once', () => {
  const doors = ['main', 'team-a', 'team-b'];
  const engine = new Engine({
    clock: systemClock,
    conditions: { ...CAPABLE, darkRoom: () => 2, notDark: () => doors },
  });
  const arm = (...at: readonly string[][]) =>
    engine.arm(
      at.map((match) => checked({ fault: 'dark-door', match: { doors: match } }, doors)),
      { activation: 'a', seed: 1 },
    );
  expect(() => arm(['main'], ['team-a'], ['team-b'])).toThrow(/1 more door dark, and there is room for 0: /);
  expect(() => arm(['main', 'team-a'], ['main'], ['team-a', 'main'])).not.toThrow();
});

test('it refuses to be armed where a full backlog refuses', () => {
  const engine = new Engine({ clock: systemClock, conditions: { ...CAPABLE, darkness: false } });
  expect(() => engine.arm([checked({ fault: 'dark-door' })], { activation: 'a', seed: 1 })).toThrow(/needs Linux/);
});
