// Which requests come again after one that had failed, and of which nobody can say so.
import { describe, expect, test } from 'vitest';
import { newAbout } from '../../src/journal/about.ts';
import type { ExchangeEntry } from '../../src/journal/entry.ts';
import { FailedRequests } from '../../src/summary/failed-requests.ts';
import { exchangeEntry } from '../support/entries.ts';

const came = (at: number, about: Partial<ExchangeEntry> = {}): ExchangeEntry => exchangeEntry({ at, ...about });
const ended = (at: number, about: Partial<ExchangeEntry> = {}): ExchangeEntry =>
  exchangeEntry({ at: at - 100, endedAt: at, ended: 'client-left', ...about });

function failing(...failed: readonly ExchangeEntry[]): FailedRequests {
  const requests = new FailedRequests();
  for (const entry of failed) requests.add(entry);
  return requests;
}

describe('a request repeats', () => {
  test('the only one like it that had failed, once', () => {
    const requests = failing(ended(1000));
    expect(requests.takesUp(came(1200))).toBe(true);
    expect(requests.takesUp(came(1300))).toBe(false);
  });

  test('nobody of two that are alike', () => {
    expect(failing(ended(1000), ended(1010)).takesUp(came(1200))).toBe(false);
  });

  test('nobody of another client, path or key', () => {
    const requests = failing(ended(1000));
    for (const other of [{ client: 'b' }, { url: '/v1/films' }, { idempotencyKey: 'k' }])
      expect(requests.takesUp(came(1200, other))).toBe(false);
  });

  test('by its key, whatever else it says', () => {
    const requests = failing(ended(1000, { method: 'POST', idempotencyKey: 'k', url: '/v1/orders' }));
    expect(requests.takesUp(came(1200, { method: 'POST', idempotencyKey: 'k', url: '/v1/else' }))).toBe(true);
  });

  test('by its body, where it has one', () => {
    const posted = (fingerprint: string) => ({ method: 'POST', about: { ...newAbout(), fingerprint } });
    const requests = failing(ended(1000, posted('one')));
    expect(requests.takesUp(came(1200, posted('other')))).toBe(false);
    expect(requests.takesUp(came(1200, posted('one')))).toBe(true);
  });

  test('nobody that ended after it came, or more than a minute before', () => {
    expect(failing(ended(1000)).takesUp(came(999))).toBe(false);
    expect(failing(ended(1000)).takesUp(came(61_001))).toBe(false);
    expect(failing(ended(1000), ended(50_000, { url: '/v1/films' })).takesUp(came(61_001))).toBe(false);
  });
});

test('of too many, the one that failed longest ago makes room, by the last time that it did', () => {
  const requests = failing(ended(1000));
  for (let other = 1; other < 10_000; other++) requests.add(ended(40_000, { url: `/v1/films/${other}` }));
  requests.add(ended(61_001)); // so late that only this time counts
  requests.add(ended(61_002, { url: '/v1/films/new' }));
  expect(requests.takesUp(came(61_003, { url: '/v1/films/1' }))).toBe(false);
  expect(requests.takesUp(came(61_003))).toBe(true);
});
