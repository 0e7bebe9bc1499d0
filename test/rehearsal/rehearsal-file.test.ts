// The file of a rehearsal: what it may say, and what is said of a mistake in it.
import { describe, expect, test } from 'vitest';
import { showMistake } from '../../src/base/document.ts';
import { readRehearsal } from '../../src/rehearsal/rehearsal-file.ts';

const NAMES = {
  metrics: new Map([
    ['client-timeout', 'ms'],
    ['recovery', 's'],
    ['duplicate-orders', 'count'],
    ['ambiguity-resolved', 'share'],
  ] as const),
  operations: ['completeOrder', 'listSessions'],
  named: (client: string) =>
    client === 'anon' ? { mistake: 'nobody is called so' } : { name: client.replace('k3y', 'shop') },
};

const TEXT = `title: Completion hangs; the shop survives
client: k3y
demand: 20/s
phases:
  - { name: calm, for: 30s }
  - { name: fault, for: 3m, on: [{ profile: checkout-hang, operations: [completeOrder], share: 1 }] }
  - { name: recovery, for: 90s }
hypothesis: [{ metric: client-timeout, max: 5s }, { metric: duplicate-orders, max: 0 }, { metric: recovery, max: 60s }]
blastRadius: { clients: [shop], operations: [completeOrder], share: 1, longest: 5m }
abort: { wallClock: 10m, openRequests: 5000, errorShare: { above: 0.9, for: 60s }, frontDoor: { url: "http://127.0.0.1:3000/", failing: 30s } }
`;

const read = (text: string) => readRehearsal(text, 'day.yaml', NAMES);
function mistakes(text: string): string[] {
  const outcome = read(text);
  return 'mistakes' in outcome ? outcome.mistakes.map(showMistake) : [];
}

describe('a rehearsal file', () => {
  test('is read into milliseconds and units, sellers by name, and its faults within the blast radius', () => {
    const outcome = read(TEXT);
    if ('mistakes' in outcome) throw new Error(mistakes(TEXT).join('\n'));
    expect(outcome.plan).toMatchObject({
      ...{ client: 'shop', demand: 20, scenario: null },
      phases: [
        { kind: 'calm', forMs: 30_000 },
        {
          kind: 'fault',
          forMs: 180_000,
          on: [{ profile: 'checkout-hang', clients: ['shop'], operations: ['completeOrder'] }],
        },
        { kind: 'recovery', forMs: 90_000 },
      ],
      hypothesis: [
        { metric: 'client-timeout', max: 5000, min: null, client: 'shop', noData: 'fail' },
        { metric: 'duplicate-orders', max: 0 },
        { metric: 'recovery', max: 60 },
      ],
      blastRadius: { longestMs: 300_000 },
      abort: { wallClockMs: 600_000, errorShare: { above: 0.9, forMs: 60_000 }, frontDoor: { failingMs: 30_000 } },
    });
  });

  test('may be JSON, and may play a scenario', () => {
    const outcome = read(JSON.stringify({ title: 't', scenario: 'fajr-1399', speed: '60x' }));
    expect(outcome).toMatchObject({ plan: { phases: [], scenario: { name: 'fajr-1399', speed: 60 } } });
  });

  test.each([
    [
      TEXT.replace('client-timeout', 'client-timeuot'),
      /^day\.yaml:8 hypothesis\[0\]\.metric: unknown metric "client-timeuot"; did you mean client-timeout\?$/,
    ],
    [
      TEXT.replace('max: 0', 'max: 5s'),
      /hypothesis\[1\]\.max: must be a number, since duplicate-orders is a count, got 5s/,
    ],
    [TEXT.replace('max: 60s', 'max: 1s, min: 2s'), /hypothesis\[2\]\.min: must not be above max, 1s, got 2s/],
    [TEXT.replace('max: 0', 'max: -1'), /hypothesis\[1\]\.max: must be 0 or more, got -1/],
    [
      TEXT.replace('duplicate-orders, max: 0', 'ambiguity-resolved, min: 95'),
      /\.min: must be 0 to 1, since ambiguity-resolved is a share, got 95/,
    ],
    [TEXT.replace('20/s', '0/s'), /^day\.yaml:3 demand: must be a rate above 0, such as 20\/s/],
    [
      TEXT.replace('http://127.0.0.1:3000/', 'http://u:p@127.0.0.1/'),
      /^day\.yaml:10 abort\.frontDoor\.url: must have no user name and no password/,
    ],
    [TEXT.replace('http://127.0.0.1:3000/', 'ftp://u:p@127.0.0.1/'), /url: must be an http or https URL/],
    [
      'title: t\nscenario: x\nspeed: fast\n',
      /^day\.yaml:3 speed: must be a number such as 60 or 60x, from 0\.01 to 10000/,
    ],
    [TEXT.replace(', max: 0', ''), /hypothesis\[1\]: needs min, max or verdict/],
    [
      TEXT.replace('max: 60s', 'max: 60s, phase: calmm'),
      /hypothesis\[2\]\.phase: unknown phase "calmm"; did you mean calm\?/,
    ],
    [
      TEXT.replace('longest: 5m', 'longest: 1m'),
      /^day\.yaml:6 phases\[1\]\.for: is beyond blastRadius\.longest, 1m, got 3m/,
    ],
    [
      TEXT.replace('operations: [completeOrder], share: 1, longest', 'operations: [completeOrdr], share: 1, longest'),
      /^day\.yaml:9 blastRadius\.operations\[0\]: unknown operation.*did you mean completeOrder/,
    ],
    [TEXT.replace('client: k3y', 'client: anon'), /^day\.yaml:2 client: nobody is called so/],
    [
      TEXT.replace('{ name: calm, for: 30s }', '{ name: calm, for: 30s, on: [{ profile: hang }] }'),
      /phases\[0\]\.on: the first phase must be calm/,
    ],
    [TEXT.replace('wallClock', 'wallClok'), /^day\.yaml:10 abort\.wallClok: unknown field.*did you mean wallClock\?/],
    [`${TEXT}scenario: x\n`, /needs either phases or a scenario/],
    ['title: t\n', /needs either phases or a scenario/],
  ])('says where a mistake is, and what is allowed (%#)', (text, words) => {
    const found = mistakes(text);
    expect(found).toEqual([expect.stringMatching(words)]);
    expect(found.join()).not.toMatch(/k3y|u:p/);
  });
});
