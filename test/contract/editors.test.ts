// Editors help with profiles, scenarios, rehearsals and thresholds: YAML's language server finds mistakes, completes and explains by their schemas.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../../src/faults/registry.ts';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { ROOT } from '../support/shipped.ts';
import { LanguageServer } from './language-server.ts';

const server = new LanguageServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const PROFILES = join(ROOT, 'faults/profiles');
const SCENARIOS = join(ROOT, 'faults/scenarios');
const PROFILE = '# yaml-language-server: $schema=../schema.json\nsummary: Something.\n';
const SCENARIO = '# yaml-language-server: $schema=../scenario-schema.json\nsummary: Something.\n';
const REHEARSAL = '# yaml-language-server: $schema=../rehearsal-schema.json\ntitle: Something.\n';
const THRESHOLDS = '# yaml-language-server: $schema=../thresholds-schema.json\n';
let written = 0;

/** Opens a text that stands in no file, in the folder whose schema its first line names. */
async function opened(folder: string, text: string) {
  const path = join(folder, `unwritten-${++written}.yaml`);
  const found = await server.open(path, text);
  return { path, found: found.map(({ range, message }) => [range.start.line + 1, message] as const) };
}

/** The place of a mark in a text, and the text without it. */
function marked(text: string) {
  const before = text.slice(0, text.indexOf('¦')).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { position, text: text.replace('¦', '') };
}

const rule = (text: string): string => `${PROFILE}rules:\n  - ${text}`;

test.each([PROFILES, SCENARIOS])('everything in %s is without a mistake', async (folder) => {
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const path = join(folder, file);
    expect([file, await server.open(path, readFileSync(path, 'utf8'))]).toEqual([file, []]);
  }
});

describe('a mistake in a profile is shown in its line:', () => {
  test.each([
    ['an unknown kind', 'fault: hangg', 4, /^Value must be "latency" \| "hang" \|/],
    ['no kind', 'match: {}', 4, 'Missing property "fault".'],
    ['a parameter of another kind', 'fault: latency\n    with:\n      quota: 1', 6, 'Property quota is not allowed.'],
    ['a wrong type', 'fault: rate-limit\n    with:\n      quota: many', 6, 'Incorrect type. Expected "integer".'],
    ['a figure out of bounds', 'fault: error-status\n    with: { status: 99 }', 5, /below the minimum of 200/],
    ['a bad duration', 'fault: hang\n    ttl: soon', 5, /^must be a duration such as 250ms, 3s, 5m, 2h or 1d/],
    ['a bad duration in a parameter', 'fault: latency\n    with:\n      fixed: 3 s', 6, /^must be a duration such as/],
    ['an unknown operation', 'fault: hang\n    match:\n      operations: [buy]', 6, /Valid values: "getHealth"/],
    ['an unknown field', 'fault: hang\n    shares: 1', 5, 'Property shares is not allowed.'],
  ])('%s', async (_what, text, line, message) => {
    const { found } = await opened(PROFILES, rule(text));
    const said = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(found).toEqual([[line, said]]);
  });

  test('none, where there is no summary', async () => {
    const { found } = await opened(PROFILES, rule('fault: hang').replace('summary: Something.\n', ''));
    expect(found).toEqual([[2, 'Missing property "summary".']]);
  });
});

describe('a mistake in a scenario is shown in its line:', () => {
  const cue = (text: string): string => `${SCENARIO}cues:\n  - at: 1m\n    ${text}`;
  test.each([
    ['a bad figure of capacity', 'capacity: { servers: 0 }', /below the minimum of 1/],
    ['an unknown field of the crowd', 'crowd: { class: [] }', 'Property class is not allowed.'],
    ['a bad time to live', 'activate: hang\n    ttl: soon', /^must be a duration such as/],
  ])('%s', async (_what, text, message) => {
    const { found } = await opened(SCENARIOS, cue(text));
    const said = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(found).toEqual([[4 + text.split('\n').length, said]]);
  });
});

test('the whole of a rehearsal is without a mistake', async () => {
  const text = `client: shop
demand: 20/s
phases:
  - { name: calm, for: 30s }
  - { name: fault, for: 3m, on: [{ profile: checkout-hang, operations: [completeOrder], share: 1 }] }
  - { name: recovery, for: 90s }
hypothesis: [{ metric: client-timeout, max: 5s }, { metric: duplicate-orders, max: 0 }, { metric: recovery, verdict: warn }]
blastRadius: { clients: [shop], operations: [completeOrder], share: 1, longest: 5m }
abort: { wallClock: 10m, openRequests: 5000, errorShare: { above: 0.9, for: 60s }, memory: 2GiB }
`;
  expect((await opened(SCENARIOS, REHEARSAL + text)).found).toEqual([]);
});

describe('a mistake in a rehearsal is shown in its line:', () => {
  test.each([
    ['neither phases nor a scenario', 'client: shop', 2, /^Missing property "(phases|scenario)"/],
    ['an unknown figure', 'hypothesis: [{ metric: client-timout, max: 5s }]', 3, /^Value must be "client-timeout" \|/],
    ['a condition without a bound', 'hypothesis: [{ metric: recovery }]', 3, /^Missing property "(min|max|verdict)"/],
    ['an unknown operation', 'blastRadius: { operations: [buy] }', 3, /Valid values: "getHealth"/],
    ['a bad rate', 'demand: 20', 3, 'Incorrect type. Expected "string".'],
    ['a rate in words', 'demand: twenty/s', 3, 'must be a rate above 0, such as 20/s'],
    ['an unknown field', 'abort: { wallclock: 10m }', 3, 'Property wallclock is not allowed.'],
  ])('%s', async (_what, text, line, message) => {
    const course = line === 2 ? '' : '\nscenario: flash-sale';
    const { found } = await opened(SCENARIOS, `${REHEARSAL}${text}${course}\n`);
    const said = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(found).toEqual([[line, said]]);
  });
});

test('a mistake in a file of thresholds is shown in its line', async () => {
  const found = async (text: string) => (await opened(SCENARIOS, THRESHOLDS + text)).found;
  expect(await found('recovery: { pass: 30 }\nbreaker-opening: { window: 2, fault: 10 }\n')).toEqual([]);
  expect(await found('recovery: { pas: 30 }\n')).toEqual([[2, 'Property pas is not allowed.']]);
  expect(await found('recovry: { pass: 30 }\n')).toEqual([[2, 'Property recovry is not allowed.']]);
});

describe('what is offered', () => {
  const offered = async (text: string): Promise<Map<string, string>> => {
    const { position, text: whole } = marked(rule(text));
    return server.complete((await opened(PROFILES, whole)).path, position);
  };

  test('as a fault is every kind, each with its summary', async () => {
    const kinds = new Map(faults.map(({ name, summary }) => [name, summary]));
    expect(await offered('fault: ¦')).toEqual(kinds);
  });

  test('below `with` are the parameters of its kind, and no others', async () => {
    const parameters = await offered('fault: rate-limit\n    with:\n      ¦');
    expect([...parameters.keys()]).toEqual(['quota', 'window']);
    expect(parameters.get('quota')).toMatch(/^requests a window for each client/);
    expect([...(await offered('fault: maintenance\n    with:\n      ¦')).keys()]).not.toContain('quota');
  });

  test('in a match are the operations there are', async () => {
    const operations = await offered('fault: hang\n    match:\n      operations:\n        - ¦');
    expect([...operations.keys()]).toEqual(expect.arrayContaining([...OPERATION_NAMES]));
  });
});

test('as a figure of a rehearsal every criterion is offered, each with its question', async () => {
  const { position, text } = marked(`${REHEARSAL}scenario: flash-sale\nhypothesis:\n  - metric: ¦\n    max: 5s\n`);
  const offered = await server.complete((await opened(SCENARIOS, text)).path, position);
  expect(offered).toEqual(new Map(CRITERIA.map(({ name, asks }) => [name, asks])));
});

describe('what is told of', () => {
  const told = async (text: string): Promise<string> => {
    const { position, text: whole } = marked(rule(text));
    return server.hover((await opened(PROFILES, whole)).path, position);
  };

  test('a kind is its summary', async () => {
    expect(await told('fault: ha¦ng')).toMatch(/^The request is accepted and never answered\./);
  });

  test('a parameter is what it does', async () => {
    expect(await told('fault: rate-limit\n    with:\n      quo¦ta: 3')).toMatch(/^requests a window for each client/);
  });

  test('a field of a rule is what it does', async () => {
    expect(await told('fault: hang\n    ski¦p: 3')).toMatch(/^let so many matches pass first/);
  });
});
