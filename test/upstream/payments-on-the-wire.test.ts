// Payments by redirect at a whole server: what faults make of the pages, worlds, keys, and what is written down of a URL.
import { expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

const RETURN = 'http://shop.test/return';

/** A server, and a shop that orders by redirect there. */
async function open(env: Record<string, string> = {}, base = '') {
  const server = await startInProcess({ SHOWSTOPPER_KEYS: 'shop=secret', ...env });
  onTestFinished(() => server.stop());
  const call = async (url: string, method = 'GET', json?: object) => {
    const headers = { Authorization: 'Bearer secret', 'Idempotency-Key': `${Math.random()}` };
    return (await ask(url, { method, headers, ...(json && { json }) })).body;
  };
  const api = `${server.upstream}${base}/v1`;
  const reservation = await call(`${api}/sessions/s1/reservations`, 'POST', { seats: ['B-1'], customerRef: 'ada' });
  const order = await call(`${api}/orders`, 'POST', {
    ...{ reservationId: reservation.id, externalRef: 'x', customer: { name: 'Ada', phone: '0912' } },
    payment: { method: 'redirect', returnUrl: RETURN },
  });
  const page: string = order.payment.redirectUrl;
  const token = page.slice(page.lastIndexOf('/') + 1);
  return {
    server,
    order,
    page,
    token,
    issuer: page.replace('/pay/', '/3ds/'),
    admin: (path: string, method?: string, json?: object) => call(`${server.admin}${base}/v1${path}`, method, json),
    read: () => call(`${api}/orders/${order.id}`),
  };
}

/** By nobody's key. */
const submit = (url: string, fields: Record<string, string>, signal?: AbortSignal) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', ...(signal && { signal }) });

test('a page needs no key, is its seller’s to rules and journal, and its URL is written down nowhere', async () => {
  const { admin, page, token, order, read } = await open();
  expect((await fetch(`${page}?utm=1`)).status).toBe(200);
  expect((await submit(page, { attempt: '1', number: '4242 4242 4242 4242' })).status).toBe(303);
  expect((await fetch(page.replace(token, 'guessed'))).status).toBe(404);
  expect((await read()).status).toBe('paid');
  const journal = await admin('/journal?operation=paymentPage');
  expect(journal.data.map(({ client, url }: { client: string; url: string }) => [client, url])).toEqual([
    ['anonymous', '/pay/[redacted]'],
    ['shop', `/pay/${order.payment.id}`],
    ['shop', `/pay/${order.payment.id}?utm=1`],
  ]);
  const written = JSON.stringify([journal, await admin('/state'), await admin('/actions')]);
  expect(written).not.toContain(token);
  expect(written).not.toContain('4242');
});

test('nor is it where no page is: with another method, a path that goes on, or a world that is not there', async () => {
  const { server, admin, page, token } = await open();
  for (const [method, url] of [
    ['DELETE', page],
    ['GET', `${page}/`],
    ['GET', `${page}/more?utm=1`],
    ['POST', page.replace('/pay/', '/3ds/').concat('/')],
    ['GET', `${server.upstream}/w/nowhere/pay/${token}`],
    ['GET', `${server.upstream}/w/nowhere/pay/${token}/`],
  ] as const)
    expect((await fetch(url, { method })).status).toBeGreaterThanOrEqual(404);
  const journal = await admin('/journal?operation=unmatched');
  expect(journal.data).toHaveLength(6);
  expect(JSON.stringify(journal)).not.toContain(token);
});

test('of a world it is in that world alone, and makes none', async () => {
  const { server, page, token } = await open({}, '/w/one');
  expect(page).toBe(`${server.upstream}/w/one/pay/${token}`);
  expect((await submit(page, { attempt: '1', card: 'succeeds' })).status).toBe(303);
  expect((await fetch(`${server.upstream}/pay/${token}`)).status).toBe(404);
  expect((await fetch(`${server.upstream}/w/two/pay/${token}`)).status).toBe(404);
  const { data } = (await ask(`${server.admin}/v1/worlds`)).body;
  expect(data.map(({ name }: { name: string }) => name)).toEqual(['default', 'one']);
});

test('its base is the public URL where that is set', async () => {
  const { page } = await open({ SHOWSTOPPER_PUBLIC_URL: 'https://tickets.test/api' });
  expect(page.startsWith('https://tickets.test/api/pay/')).toBe(true);
});

test('a rule on the issuer’s page strikes the seller’s payment, and a lost answer to a card has taken the money', async () => {
  const { admin, page, issuer, read } = await open();
  await admin('/rules', 'POST', { fault: 'error-status', match: { operations: ['threeDSecure'], clients: ['shop'] } });
  await submit(page, { attempt: '1', card: 'challenge' });
  expect((await fetch(issuer)).status).toBe(503);
  await admin('/heal', 'POST', {});
  await admin('/rules', 'POST', { fault: 'lost-reply', match: { operations: ['paymentPage'], methods: ['POST'] } });
  await expect(submit(page, { attempt: '2', card: 'succeeds' })).rejects.toThrow();
  expect((await read()).status).toBe('paid');
  await admin('/heal', 'POST', {});
  expect((await submit(page, { attempt: '2', card: 'succeeds' })).headers.get('location')).toContain(
    'status=succeeded',
  );
});

test('an issuer that hangs is held until it is healed', async () => {
  const { admin, page, issuer } = await open();
  expect((await submit(page, { attempt: '1', card: 'hangs' })).headers.get('location')).toContain('/3ds/');
  const never = fetch(issuer).then(
    ({ status }) => status,
    () => 'reset',
  );
  await expect.poll(async () => (await admin('/state')).held).toBe(1);
  await admin('/heal', 'POST', { release: 'drop' });
  expect(await never).toBe('reset');
  expect(await (await fetch(page)).text()).toContain('data-page="waiting"');
});

test('slowness alone makes a payment come too late: taken, and given back', async () => {
  const { admin, page, read } = await open({ SHOWSTOPPER_RESERVATION_TTL: '1s' });
  await admin('/rules', 'POST', {
    fault: 'latency',
    match: { operations: ['paymentPage'] },
    with: { fixed: '1500ms' },
  });
  const back = (await submit(page, { attempt: '1', card: 'succeeds' })).headers.get('location');
  expect(back).toContain('status=canceled');
  expect(await read()).toMatchObject({ status: 'refunded', payment: { status: 'refunded' } });
  const events = await admin('/journal?kind=event');
  expect(events.data.map(({ happened }: { happened: string }) => happened).toReversed()).toEqual([
    'reserved',
    'ordered',
    'lapsed',
    'payment_canceled',
    'captured',
    'refunded',
  ]);
});
