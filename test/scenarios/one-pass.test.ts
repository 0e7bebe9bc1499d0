// One reading finds everything that is wrong with a document, in words for who writes YAML.
import { describe, expect, test } from 'vitest';
import { showMistake } from '../../src/base/document.ts';
import { readProfile } from '../../src/shelf/profile.ts';
import { readScenario } from '../../src/shelf/scenario.ts';
import { ClientNames } from '../../src/upstream/client-names.ts';
import { OF_THE_API } from '../../src/upstream/operations/known-operations.ts';

const known = { ...OF_THE_API, doors: ['main'], clients: new ClientNames() };

const ofProfile = (text: string): string[] => {
  const read = readProfile(text, 'p.yaml', known);
  return 'mistakes' in read ? read.mistakes.map(showMistake) : [];
};
const profiles = new Map(
  ['listSessions', 'getOrder'].map((operation) => {
    const read = readProfile(
      `summary: S\nrules: [{ fault: hang, match: { operations: [${operation}] } }]`,
      'p.yaml',
      known,
    );
    if ('mistakes' in read) throw new Error('a bad profile');
    return [operation.toLowerCase(), read.checked];
  }),
);
const ofScenario = (text: string): string[] => {
  const names = { ...known, profiles: [...profiles.keys()], rulesOf: (name: string) => profiles.get(name) };
  const read = readScenario(text, 's.yaml', names);
  return 'mistakes' in read ? read.mistakes.map(showMistake) : [];
};
const places = (lines: readonly string[]): (string | undefined)[] => lines.map((line) => line.split(' ')[1]);

describe('a profile', () => {
  test('with a share that cannot be hides no parameter, kind, name or twin behind it', () => {
    const found = ofProfile(`summary: S
sumary: T
rules:
  - { fault: latency, id: a, share: 30, with: { fixed: 2000 } }
  - { fault: hnag, id: a, match: { operations: [buy], methods: [GTE], clients: 3 } }
  - { fault: rate-limit, limit: 0, ttl: 0s, with: { quta: 5 } }
`);
    expect(places(found).sort()).toEqual([
      'rules[0].share:',
      'rules[0].with.fixed:',
      'rules[1].fault:',
      'rules[1].id:',
      'rules[1].match.clients:',
      'rules[1].match.methods[0]:',
      'rules[1].match.operations[0]:',
      'rules[2].limit:',
      'rules[2].ttl:',
      'rules[2].with.quta:',
      'sumary:',
    ]);
  });

  test.each([
    ['{ fault: latency, with: { fixed: 2000 } }', /with\.fixed: must be a duration such as 250ms.*, got 2000$/],
    [
      '{ fault: latency, with: { uniform: 200ms } }',
      /with\.uniform: must be a form such as \{ min: 200ms, max: … \}, got "200ms"$/,
    ],
    ['{ fault: latency, with: { unifrm: { min: 1s } } }', /unknown field; allowed: fixed, .*; did you mean uniform\?$/],
    [
      '{ fault: hang, match: { operations: listSessions } }',
      /operations: must be a list such as \[listSessions\], got/,
    ],
    [
      '{ fault: hang, match: listSessions }',
      /match: must have fields: operations, events, clients, .*got "listSessions"$/,
    ],
    ['{ fault: hang, share: half }', /share: must be a number, got "half"$/],
    ['{ fault: hang, per: clent }', /per: must be one of client, all, .*did you mean client\?, got "clent"$/],
    ['{ fault: hang, skip: 1.5 }', /skip: must be a whole number, got 1\.5$/],
    ['{ fault: hang, every: 0 }', /every: must be at least 1, got 0$/],
    ['{ id: a }', /fault: is missing: it must be a text$/],
    ['{ fault: hang, match: { headers: { __proto__: x } } }', /headers\.__proto__: is a name that no field/],
  ])('%s is told in its own words', (rule, why) => {
    const found = ofProfile(`summary: S\nrules:\n  - ${rule}\n`);
    expect(found.join('\n')).toMatch(why);
    expect(found.join('\n')).not.toMatch(/expected|received|invalid (input|type|option)|too (big|small)/i);
  });

  test('neither a key of a seller nor the value of a header is repeated', () => {
    const found = ofProfile(
      `summary: S\nrules: [{ fault: hang, match: { clients: [${'My_Secret '.repeat(900)}], headers: { X-A: 17 } } }]`,
    );
    expect(found.length).toBeGreaterThan(1);
    expect(found.join('\n')).not.toMatch(/My_Secret|17/);
  });
});

describe('a scenario', () => {
  test('with one bad cue hides none of the others', () => {
    const found = ofScenario(`summary: S
cues:
  - { at: 0s, activate: listsessions, colour: red }
  - { at: soon, note: N }
  - { at: 1m, activate: getordr, share: 2 }
  - { at: 2m, note: A, heal: true }
  - { at: 3m, capacity: { servers: -1, serviceTime: 200ms } }
  - { at: 4m, capacity: { factor: 0.5 } }
  - { at: 5m, activate: getorder, match: { operations: [buy] }, ttl: 0s }
`);
    expect(places(found)).toEqual([
      'cues[0].colour:',
      'cues[1].at:',
      'cues[2].share:',
      'cues[2].activate:',
      'cues[3]:',
      'cues[4].capacity.servers:',
      'cues[4].capacity.serviceTime:',
      'cues[6].ttl:',
      'cues[6].match.operations[0]:',
    ]);
    expect(found[6]).toMatch(/must be a form such as \{ mean: 200ms \}, got "200ms"$/);
    expect(found[3]).toMatch(/unknown profile "getordr"; did you mean getorder\?$/);
  });

  test.each([
    ['{ at: 0s, deactivate: getorder }', '{ at: 1m, note: N }', /no cue above has getorder in force then/],
    [
      '{ at: 0s, activate: getorder, as: a }',
      '{ at: 1m, deactivate: getorder, as: b }',
      /no cue above has getorder as b/,
    ],
    ['{ at: 0s, activate: getorder, ttl: 1m }', '{ at: 2m, deactivate: getorder }', /has ended by its ttl before/],
    [
      '{ at: 0s, activate: getorder, match: { operations: [listSessions] } }',
      '{ at: 2m, heal: true }',
      /no rule of the profile can strike anything so/,
    ],
    [
      '{ at: 0s, capacity: { serviceTime: { byOperation: { buy: { mean: 1s } } } } }',
      '{ at: 1m, heal: true }',
      /unknown operation "buy"/,
    ],
  ])('%s then %s can do nothing', (one, other, why) => {
    expect(ofScenario(`summary: S\nends: 9m\ncues:\n  - ${one}\n  - ${other}\n`)).toEqual([expect.stringMatching(why)]);
  });

  test('that ends what it has begun is as it should be', () => {
    const text = `summary: S
ends: 9m
cues:
  - { at: 0s, activate: getorder, as: a, ttl: 5m }
  - { at: 1m, activate: listsessions, match: { clients: [My_Shop] } }
  - { at: 2m, deactivate: getorder }
  - { at: 3m, deactivate: listsessions }
`;
    expect(ofScenario(text)).toEqual([]);
  });
});
