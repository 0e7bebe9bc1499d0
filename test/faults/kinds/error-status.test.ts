// error-status: any status, Retry-After in either form, a body of one's own.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('error-status');

describe('error-status', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test.each([200, 204, 302, 404, 429, 500, 503, 599])('answers %i', async (status) => {
    upstream.arm({ fault: 'error-status', with: { status } });
    expect(await askList(upstream)).toMatchObject({ status, whole: true });
  });

  test('Retry-After comes in seconds', async () => {
    upstream.arm({ fault: 'error-status', with: { retryAfter: '1500ms' } });
    expect((await askList(upstream)).headers.get('retry-after')).toBe('2');
  });

  test('Retry-After comes as a date', async () => {
    upstream.arm({ fault: 'error-status', with: { retryAfter: '30s', retryAfterForm: 'date' } });
    const at = Date.parse((await askList(upstream)).headers.get('retry-after') ?? '');
    expect(Math.abs(at - Date.now() - 30_000)).toBeLessThan(3000);
  });

  test('a problem document says what the upstream itself would say', async () => {
    upstream.arm({ fault: 'error-status' });
    const { headers, body } = await askList(upstream);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({
      status: 503,
      code: 'overloaded',
      retryable: true,
      instance: '/v1/sessions',
      requestId: headers.get('x-request-id'),
    });
  });

  test('a problem document may have a code of one’s own', async () => {
    upstream.arm({ fault: 'error-status', with: { status: 403, code: 'access_code_invalid' } });
    const { headers, body } = await askList(upstream);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ status: 403, code: 'access_code_invalid', retryable: false });
  });

  test('a code without an error, or beside a body, is refused', () => {
    const code = 'seller_disabled';
    expect(() => upstream.arm({ fault: 'error-status', with: { status: 204, code } })).toThrow(/400 or more/);
    expect(() => upstream.arm({ fault: 'error-status', with: { code, body: 'busy' } })).toThrow(/no body/);
  });

  test.each([
    ['{"busy":true}', 'application/json; charset=utf-8'],
    ['busy', 'text/plain; charset=utf-8'],
  ])('a body of one’s own is sent as it is: %s', async (body, type) => {
    upstream.arm({ fault: 'error-status', with: { body } });
    const sight = await askList(upstream);
    expect([sight.body, sight.headers.get('content-type')]).toEqual([body, type]);
  });
});
