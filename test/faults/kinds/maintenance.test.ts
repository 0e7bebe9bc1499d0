// maintenance: closed, and it says until when.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('maintenance');

describe('maintenance', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test('a problem document says maintenance, and Retry-After ten minutes', async () => {
    upstream.arm({ fault: 'maintenance' });
    const { headers, body } = await askList(upstream);
    expect(headers.get('retry-after')).toBe('600');
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ status: 503, code: 'maintenance', retryable: true });
  });

  test('a page of one’s own is sent as HTML, with the same promise', async () => {
    upstream.arm({ fault: 'maintenance', with: { page: '<h1>Back at noon</h1>', retryAfter: '1500ms' } });
    const { status, headers, body } = await askList(upstream);
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    expect([headers.get('content-type'), body]).toEqual(['text/html; charset=utf-8', '<h1>Back at noon</h1>']);
  });
});
