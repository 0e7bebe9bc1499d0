// The doctor: the whole ladder is what it says on a private server, and who lies is caught.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Examination, examineAll } from '../../src/doctor/doctor.ts';
import { type Finding, isFailure } from '../../src/doctor/finding.ts';
import { defineFault, type Fault } from '../../src/faults/fault.ts';
import { actsOnWebhooks } from '../../src/faults/place-check.ts';
import { faultByName, faults } from '../../src/faults/registry.ts';
import type { Signature, Trial } from '../../src/faults/signature.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_TLS_PORT: '0' });
});
afterAll(() => server.stop());

const address = (url = '') => ({ host: '127.0.0.1', port: Number(new URL(url).port) });
const admin = () => createAdminClient({ url: server.admin });
const examine = (kinds: readonly Fault[], more: Partial<Examination> = {}): Promise<Finding[]> =>
  examineAll({
    kinds,
    own: true,
    everyone: true,
    key: 'doctor-test',
    name: 'doctor-test',
    watchMs: 300,
    admin: admin(),
    upstream: address(server.upstream),
    upstreamTls: address(server.upstreamTls),
    ...more,
  });

test('every kind of the ladder is on the wire what its signature says, or the machine is too noisy to tell a time', async () => {
  const findings = await examine(faults, { watchMs: 1000 });
  expect(findings.filter(isFailure)).toEqual([]);
  expect(findings.map(({ kind }) => kind)).toEqual(faults.map(({ name }) => name));
  const trials = findings.flatMap((finding) => finding.trials);
  expect(trials.length).toBe(faults.flatMap(({ signature }) => signature.trials ?? [{}]).length);
  for (const { verdict, observed, promised } of trials)
    expect(verdict === 'ok' ? observed : promised, verdict).toBe(promised);
  const others = findings.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'noisy');
  expect(others.map(({ kind: name, verdict }) => [name, verdict])).toEqual(
    faults.filter(actsOnWebhooks).map(({ name }) => [name, 'skipped']),
  );
  expect(new Set(others.map(({ reason }) => reason))).toEqual(
    new Set(['it acts on webhooks, and the doctor receives none']),
  );
  expect(await admin().rules()).toEqual([]);
  await expect.poll(async () => (await admin().state()).connections).toBe(0);
}, 180_000);

describe('a kind that is politer than it says is caught:', () => {
  const shows = faultByName.get('lost-reply')?.signature.shows as Signature['shows'];
  const planted: string[] = [];
  const plant = (name: string, promise: Partial<Signature['shows']>, acts: string, trial?: Trial): Fault => {
    const polite = faultByName.get(acts) as Fault;
    const fault = defineFault({
      ...polite,
      name,
      params: z.strictObject({}),
      example: {},
      signature: { says: 'What it does not do.', shows: { ...shows, ...promise }, ...(trial && { trials: [trial] }) },
      arm: (_params, context) => polite.arm(polite.params.parse({}), context),
    });
    (faultByName as Map<string, Fault>).set(name, fault);
    planted.push(name);
    return fault;
  };
  afterAll(() => {
    for (const name of planted) (faultByName as Map<string, Fault>).delete(name);
  });

  test.each<[string, Partial<Signature['shows']>, string, RegExp]>([
    ['an RST that is a FIN', { ending: 'reset', answer: 'none' }, 'empty-reply', /^FIN, not RST$/],
    [
      'a hang that answers 503',
      { ending: 'hang', answer: 'none', work: false },
      'error-status',
      /^whole, not no answer$/,
    ],
    ['a FIN that is an RST', { ending: 'close' }, 'lost-reply', /^RST, not FIN$/],
    ['work that is not done', { ending: 'hang' }, 'hang', /^no work, not work$/],
    ['work that is done', { ending: 'hang', work: false }, 'hang-after-work', /^work, not no work$/],
    ['a kept connection that is closed', { ending: 'keep', answer: 'part' }, 'truncated-body', /^FIN, not open$/],
    ['a refusal that is a reset', { connect: 'refused', work: false }, 'reset-connection', /^RST, not refused$/],
    [
      'a dark door that is silent',
      { connect: 'unanswered', ending: 'hang', work: false },
      'silent-connection',
      /^open for [\d.]+ s, not connect unanswered for/,
    ],
    ['another status', { status: 502, ending: 'keep', answer: 'whole', work: false }, 'error-status', /^503, not 502$/],
    [
      'another body that is the same',
      { ending: 'keep', answer: 'whole', differs: ['body'] },
      'wrong-content-type',
      /^not other body/,
    ],
    [
      'a header that does not come',
      { ending: 'keep', answer: 'whole', work: false, status: 503, headers: { 'retry-after': '*' } },
      'error-status',
      /^no retry-after/,
    ],
    ['interim answers that never come', { ending: 'hang', interim: 103 }, 'hang-after-work', /^103 0 times/],
    [
      'a crowd that never comes',
      { ending: 'keep', answer: 'whole', crowd: true },
      'wrong-content-type',
      /^not crowded/,
    ],
  ])('%s', async (words, promise, acts, reason) => {
    const [finding] = await examine([plant(words.replaceAll(/\W/g, '-').toLowerCase(), promise, acts)]);
    expect(finding).toMatchObject({ verdict: 'lies', reason: expect.stringMatching(reason) });
  });

  test('a lateness that is none, and a stale answer that is fresh', async () => {
    const late = plant('on-time', { ending: 'keep', answer: 'whole', late: true }, 'wrong-content-type', {
      figures: { wholeMs: 150 },
    });
    const stale = plant('fresh', { ending: 'keep', answer: 'whole', repeats: true }, 'wrong-content-type', {
      stimulus: 'reread',
    });
    const findings = await examine([late, stale]);
    expect(findings.map(({ verdict }) => verdict)).not.toContain('ok');
    expect(findings[0]?.reason).toMatch(/whole after -?\d+ ms.*, not whole after 150 ms/);
    expect(findings[1]?.reason).toMatch(/not the old again/);
  });

  test('a fault that outlives its heal', async () => {
    const shut = plant('for-good', { ending: 'hang', work: false }, 'hang');
    const deaf = { ...admin(), deleteRule: async () => ({ activations: 0, rules: 0, dropped: 0, answered: 0, ms: 0 }) };
    const [finding] = await examine([shut], { admin: deaf });
    await admin().heal();
    expect(finding?.reason).toMatch(/open after heal, not well after heal|no work/);
  });
});

test('what cannot be armed here says why, and is no lie', async () => {
  const flood = faultByName.get('connection-flood') as Fault;
  const greedy: Fault = { ...flood, signature: { ...flood.signature, trials: [{ with: { connections: 1_000_000 } }] } };
  const [finding] = await examine([greedy]);
  expect(finding).toMatchObject({ verdict: 'unarmed', reason: expect.stringContaining('there is room for') });
});
