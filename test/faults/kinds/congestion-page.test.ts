// congestion-page: HTML for people on a JSON route.
import { expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('congestion-page');

test.each([200, 503])('a congestion page with status %i is HTML, and reloads itself when asked', async (status) => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'congestion-page', with: { status, refresh: '30s' } });
  const { headers, body, ...sight } = await askList(upstream);
  expect(sight.status).toBe(status);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(body).toContain('very busy');
  expect(body).toContain('<meta http-equiv="refresh" content="30">');
  await upstream.close();
});
