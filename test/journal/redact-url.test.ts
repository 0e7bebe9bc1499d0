// No secret and no personal data gets into the journal by way of a URL.
import { expect, test } from 'vitest';
import { redactUrl } from '../../src/journal/redact-url.ts';

test.each([
  ['/v1/sessions', '/v1/sessions'],
  ['/v1/sessions?date=2026-01-05&limit=5', '/v1/sessions?date=2026-01-05&limit=5'],
  ['/v1/x?apiKey=abc&limit=5', '/v1/x?apiKey=[redacted]&limit=5'],
  ['/v1/x?access_token=abc', '/v1/x?access_token=[redacted]'],
  ['/v1/x?a=1&customerRef=42&phone=%2B98', '/v1/x?a=1&customerRef=[redacted]&phone=[redacted]'],
  ['/v1/x?email=a@b.c&name=Sara', '/v1/x?email=[redacted]&name=[redacted]'],
  ['/v1/x?customer[phone]=1', '/v1/x?customer[phone]=[redacted]'],
  ['/v1/x?t%6Fken=abc', '/v1/x?t%6Fken=[redacted]'],
  ['/v1/x?%zz=abc', '/v1/x?%zz=abc'],
  ['/v1/x?token=a=b', '/v1/x?token=[redacted]'],
  ['/v1/x?limit=5;token=abc', '/v1/x?limit=5;token=[redacted]'],
  ['/v1/x?token=abc;limit=5&a=1;apiKey=x', '/v1/x?token=[redacted];limit=5&a=1;apiKey=[redacted]'],
  ['/v1/x?token=ab;cd&limit=5;6', '/v1/x?token=[redacted]&limit=5;6'],
  ['/v1/orders?externalRef=ct-7&limit=5', '/v1/orders?externalRef=[redacted]&limit=5'],
  ['/v1/orders?EXTERNAL_REF=ct-7', '/v1/orders?EXTERNAL_REF=[redacted]'],
  ['/v1/orders?external%52ef=ct-7', '/v1/orders?external%52ef=[redacted]'],
  ['/v1/orders?externalRef=a&externalRef=ct-7', '/v1/orders?externalRef=[redacted]&externalRef=[redacted]'],
  ['/v1/orders%3FexternalRef=ct-7&limit=5', '/v1/orders%3FexternalRef=[redacted]&limit=5'],
  ['/v1/orders%253FexternalRef=ct-7&limit=5', '/v1/orders%253FexternalRef=[redacted]&limit=5'],
  ['/v1/orders%25253fexternalRef=ct-7', '/v1/orders%25253fexternalRef=[redacted]'],
  ['/v1/orders?external%2552ef=ct-7', '/v1/orders?external%2552ef=[redacted]'],
  ['/v1/orders?external%25%35%32ef=ct-7', '/v1/orders?external%25%35%32ef=[redacted]'],
  ['/v1/orders%253FexternalRef%253Dct-7%2526limit%253D5', '/v1/orders%253FexternalRef%253D[redacted]%2526limit%253D5'],
  ['/v1/orders%3Flimit=5%26externalRef=ct-7&a=1', '/v1/orders%3Flimit=5%26externalRef=[redacted]&a=1'],
  ['/v1/x?to=https%3A%2F%2Fshop%2F%3Ftoken%3Dabc%3Bd', '/v1/x?to=https%3A%2F%2Fshop%2F%3Ftoken%3D[redacted]'],
  ['/v1/x?token=a%26b%3Dc', '/v1/x?token=[redacted]'],
  ['/v1/x?cursor=YWI%3D&q=a%26b%3Dc', '/v1/x?cursor=YWI%3D&q=a%26b%3Dc'],
  ['/v1/x%3f?token=abc', '/v1/x%3f?token=[redacted]'],
  ['/v1/x?at=14%3A00&date=a%3Fb', '/v1/x?at=14%3A00&date=a%3Fb'],
  ['/return?order=o-1&signature=ff', '/return?order=o-1&signature=[redacted]'],
])('%s is kept as %s', (sent, kept) => {
  expect(redactUrl(sent)).toBe(kept);
});

test.each(['monkey=1', 'venueName=x', 'sessionId=s-1', 'keyword=x', 'href=7', 'status=paid'])(
  'does not mistake %s for a secret',
  (query) => {
    expect(redactUrl(`/v1/x?${query}`)).toBe(`/v1/x?${query}`);
  },
);
