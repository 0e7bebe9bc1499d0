// An entry of the journal in one bounded line.
import { expect, test } from 'vitest';
import { type ArrivedEntry, entryLine } from '../../src/testing/entry-line.ts';

const at = (ms: number): string => new Date(ms).toISOString();
const arrived = {
  ...{ seq: 1, at: at(1012), door: 'main', connection: 4, remote: '127.0.0.1', endedAt: at(1015), hits: [] },
  ...{ spared: [], inapplicable: [], limited: [] },
};
const exchange = {
  ...arrived,
  ...{ kind: 'exchange', requestId: 'r', client: 'my-shop', operation: 'listSessions', method: 'GET' },
  ...{ url: '/v1/sessions', idempotencyKey: null, attempt: null, traceparent: null, bytesIn: 0, bytesOut: 0 },
  ...{ status: 200, ended: 'answered', workedAt: null, firstByteAt: null, finAt: null, about: null },
} as const satisfies ArrivedEntry;

test.each<[ArrivedEntry, string]>([
  [exchange, '+12 ms     GET /v1/sessions → 200 in 3 ms  client my-shop'],
  [
    { ...exchange, status: 503, hits: [{ rule: 'flaky-503/0', fault: 'error-status', draw: 0.1 }] },
    '+12 ms     GET /v1/sessions → 503 in 3 ms  by flaky-503/0 (error-status)  client my-shop',
  ],
  [
    { ...exchange, status: null, ended: 'client-left' },
    '+12 ms     GET /v1/sessions → client-left in 3 ms  client my-shop',
  ],
  [{ ...exchange, ended: 'reset' }, '+12 ms     GET /v1/sessions → 200, reset in 3 ms  client my-shop'],
  [{ ...exchange, status: null, ended: null, endedAt: null }, '+12 ms     GET /v1/sessions → open  client my-shop'],
  [
    { ...arrived, kind: 'connection', ended: 'closed', hits: [{ rule: 'rule/0', fault: 'reset-connection', draw: 0 }] },
    '+12 ms     connection 4 → closed in 3 ms  by rule/0 (reset-connection)',
  ],
])('%#: %2$s', (entry, line) => expect(entryLine(entry, 1000)).toBe(line));

test('a long URL and many hits are cut', () => {
  const hits = Array.from({ length: 50 }, (_, n) => ({ rule: `rule/${n}`, fault: 'latency', draw: 0 }));
  const line = entryLine({ ...exchange, url: `/v1/sessions?${'x'.repeat(500)}`, hits }, 1000);
  expect(line).toMatch(/…$/);
  expect(line.length).toBe(240);
});

test('what arrived before the test is not told to be in the future of it', () =>
  expect(entryLine(exchange, 5000)).toMatch(/^\+0 ms /));
