// A no as an error: its fields, its words, and the hint where server and client are of different versions.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AdminError, refusalOf } from '../../src/sdk/errors.ts';
import { VERSION } from '../../src/sdk/version.ts';

const problem = (facts: object): string =>
  JSON.stringify({
    type: 'urn:t',
    title: 'Unknown profile',
    status: 404,
    detail: 'no profile "x"',
    code: 'unknown_profile',
    ...facts,
  });
const answer = (text: string, server: string | null = `showstopper/${VERSION}`, status = 404) =>
  refusalOf({ url: 'http://admin.test', status, text, server });

test('the version of the client is that of the package', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('an error has the code, the status and the nearest name, and says them', () => {
  const error = answer(problem({ nearest: 'xs' }));
  expect(error).toBeInstanceOf(AdminError);
  expect(error).toMatchObject({
    status: 404,
    code: 'unknown_profile',
    nearest: 'xs',
    problem: { title: 'Unknown profile' },
  });
  expect(error.message).toBe('no profile "x" (404 unknown_profile)');
});

test('a verification that failed shows the entries that came nearest', () => {
  const entry = { kind: 'exchange', method: 'GET', url: '/v1/sessions', client: 'shop', status: null, ended: null };
  const nearest = [{ entry, missed: ['operation', 'status'] }];
  const error = answer(problem({ status: 409, code: 'verification_failed', detail: '0 matching entries', nearest }));
  expect(error).toMatchObject({ code: 'verification_failed', nearest });
  expect(error.message.split('\n')).toEqual([
    '0 matching entries (409 verification_failed)',
    'nearest:',
    '  GET /v1/sessions by shop: no answer, still open; differs in operation, status',
  ]);
});

test('entries of a form that is not known are left out, and the rest is told', () => {
  for (const nearest of [[{ a: 1 }], [null], [{ entry: null, missed: [] }], 5])
    expect(answer(problem({ nearest })).message).toBe('no profile "x" (404 unknown_profile)');
});

test.for([
  ['showstopper/0.0.9', 'showstopper 0.0.9'],
  [null, 'an older one that does not tell its version'],
] as const)('a server of another version is named where it may be the reason: %s', ([server, words]) => {
  expect(answer(problem({}), server).message).toBe(
    `no profile "x" (404 unknown_profile). This client is showstopper ${VERSION} and the server ${words}: use the same version of both`,
  );
  expect(answer(problem({ status: 409, code: 'conflict' }), server).message).not.toContain('version');
});

test('an upstream is told from an admin listener, and anything else from both', () => {
  expect(answer(problem({ detail: 'There is nothing at GET /v1/rules.' })).message).toContain(
    'that is an upstream listener',
  );
  expect(answer('<html>', null, 502).message).toContain('502 without a word that we know');
});
