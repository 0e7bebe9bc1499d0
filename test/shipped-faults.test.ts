// What lies in faults/: every shipped profile can be put in force, says what it does, and shows a kind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../src/base/clock.ts';
import { Engine } from '../src/faults/engine.ts';
import { parametersOf } from '../src/faults/reference.ts';
import { faults } from '../src/faults/registry.ts';
import { readProfile } from '../src/shelf/profile.ts';
import { OPERATION_NAMES } from '../src/upstream/operations/operations.ts';
import { UNMATCHED } from '../src/upstream/operations/segments.ts';
import { CAPABLE } from './support/arrivals.ts';
import { staleFiles } from './support/generated.ts';
import { parseShipped, ROOT, shippedProfiles } from './support/shipped.ts';

const shipped = shippedProfiles();
const known = { operations: [...OPERATION_NAMES, UNMATCHED], doors: ['main'] };

describe.each(shipped)('the shipped profile $name', ({ name, file, text }) => {
  test('can be put in force', () => {
    const read = readProfile(text, file, known);
    if (!('checked' in read))
      throw new Error(read.mistakes.map(({ line, message }) => `${file}:${line} ${message}`).join());
    const engine = new Engine({ clock: systemClock, conditions: CAPABLE });
    engine.enforce(engine.arm(read.checked, { activation: name, seed: 1 }));
    expect(engine.rules).not.toEqual([]);
  });

  test('tells editors its schema and people what they will see', () => {
    expect(file).toMatch(/^faults\/profiles\/[a-z0-9-]+\.yaml$/);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schema.json');
    expect(parseShipped({ name, file, text }).summary).toMatch(/^[A-Z].{20,}[.?]$/);
  });

  test('is in the docs', () => {
    expect(readFileSync(join(ROOT, 'docs/profiles.md'), 'utf8')).toContain(`(../${file})`);
  });
});

describe('profiles that not every server can put in force', () => {
  test.each(['certificate-expired', 'handshake-trouble'])('%s loads, and says when activated what it needs', (name) => {
    const { text = '', file = '' } = shipped.find((profile) => profile.name === name) ?? {};
    const read = readProfile(text, file, known);
    if (!('checked' in read)) throw new Error(`${name} does not load`);
    const engine = new Engine({ clock: systemClock, conditions: { ...CAPABLE, tls: false } });
    expect(() => engine.arm(read.checked, { activation: name, seed: 1 })).toThrow(/no TLS door.*SHOWSTOPPER_TLS_PORT/);
    expect(engine.rules).toEqual([]);
  });
});

test('there are few enough profiles to read them all', () => {
  expect(shipped.length).toBeLessThanOrEqual(48);
});

test('every kind is shown by a profile', () => {
  const shownKinds = new Set(shipped.flatMap((profile) => parseShipped(profile).rules.map(({ fault }) => fault)));
  expect(faults.map(({ name }) => name).filter((name) => !shownKinds.has(name))).toEqual([]);
});

test('every parameter of a kind says what it is', () => {
  const mute = faults.flatMap((fault) =>
    parametersOf(fault)
      .filter(({ says }) => says === '')
      .map(({ name }) => `${fault.name}.${name}`),
  );
  expect(mute).toEqual([]);
});

test('schemas and tables in the pages are as the code says; if not, run `npm run fix`', async () => {
  expect((await staleFiles()).map(({ path }) => path)).toEqual([]);
});
