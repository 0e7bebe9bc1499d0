// A glob that no path can fit says why, and what it should have been.
import { describe, expect, test } from 'vitest';
import { pathMistake } from '../../src/base/path-form.ts';
import { patternsOverlap } from '../../src/base/path-overlap.ts';

test.each([
  ['/v1/sessions?date=today', /leave out the query/],
  ['/v1/sessions#top', /what follows #/],
  ['v1/sessions', /must begin with \/ or \*\*/],
  ['*/sessions', /must begin with/],
  ['', /must begin with/],
  ['/v1/sessions/{id}', /no template: did you mean \/v1\/sessions\/\*\?/],
  ['/v1/sessions/:id/seat-map', /no template: did you mean \/v1\/sessions\/\*\/seat-map\?/],
  ['/v1/sessions/.+', /no regular expression/],
  ['/v1/orders/{id}/complete', /did you mean \/v1\/orders\/\*\/complete\?/],
  ['^/v1/sessions', /no regular expression/],
  ['/v1/sessions/\\d+', /no regular expression/],
  ['/v1/(sessions|orders)', /no regular expression/],
  ['/v1/.*', /no regular expression/],
  ['/v1/sessions$', /no regular expression/],
  ['/v1/[a-z]', /no regular expression/],
  ['/v1/./sessions', /a segment \. or \.\., .*\* stands for anything/],
  ['/v1/../x', /a segment \. or \.\./],
  ['/v1/sessions/..', /a segment \. or \.\./],
  ['/v1/%2e%2E/x', /a segment \. or \.\./],
  ['http://localhost:8080/v1/sessions', /without scheme and host/],
  ['/v1/my sessions', /did you mean \/v1\/my%20sessions\?/],
  ['/v1/köln', /did you mean \/v1\/k%C3%B6ln\?/],
  ['/v1/\ud800', /must be escaped/],
  ['/w/team-a/v1/sessions', /without the prefix of a world/],
  ['/w/*/v1/sessions', /without the prefix of a world/],
])('%s can fit no path', (glob, why) => {
  expect(pathMistake(glob)).toMatch(why);
});

test.each([
  '/v1/sessions',
  '/v1/*',
  '/**',
  '**',
  '**/seat-map',
  '/v1/a%20b',
  '/',
  '/wp-login.php',
  '/v1/a.b~c!$&+,;=:@',
])('%s may fit one', (glob) => {
  expect(pathMistake(glob)).toBeUndefined();
});

describe('two patterns', () => {
  test.each([
    ['/v1/sessions', '/v1/sessions'],
    ['/v1/*', '/v1/orders'],
    ['/v1/*', '/v1/sessions/{id}', false],
    ['/v1/**', '/v1/sessions/{id}'],
    ['/v1/sessions/s1', '/v1/sessions/{id}'],
    ['/v1/sessions/', '/v1/sessions/{id}', false],
    ['**/complete', '/v1/orders/{id}/complete'],
    ['**/complete', '/v1/orders/{id}', true],
    ['**/complete', '/v1/orders', false],
    ['/v1/*/x*', '/v1/orders/{id}'],
    ['/v2/**', '/v1/orders', false],
    ['/*a*', '/*b*'],
    ['/a*', '/b*', false],
    ['/a**', '/**b'],
    ['/v1/***', '/v1/orders/{id}/complete'],
  ] as const)('%s and %s', (one, other, overlap = true) => {
    expect([patternsOverlap(one, other), patternsOverlap(other, one)]).toEqual([overlap, overlap]);
  });

  test('compared after the effort for a document is spent are taken to overlap', () => {
    const effort = { left: 100 };
    expect(patternsOverlap('**a', '/v1/orders', effort)).toBe(false);
    effort.left = 0;
    expect(patternsOverlap('**a', '/v1/orders', effort)).toBe(true);
  });

  test('that would take long to compare are taken to overlap', () => {
    const many = `/${'*a'.repeat(400)}`;
    expect(patternsOverlap(many, `/${'*b'.repeat(400)}c`)).toBe(true);
  });
});
