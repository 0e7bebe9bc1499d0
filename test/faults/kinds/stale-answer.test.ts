// stale-answer: a cache answers what is read, refreshed only every so often.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Chance } from '../../../src/base/chance.ts';
import { staleAnswer } from '../../../src/faults/kinds/stale-answer.ts';
import type { Reply } from '../../../src/wire/answer/reply.ts';
import { arrival, CAPABLE } from '../../support/arrivals.ts';
import { describeKind } from '../../support/kinds.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask, reserveOne } from '../../support/seller.ts';

describeKind('stale-answer', {}, { acts: false });

describe('a stale seat map', () => {
  let upstream: OpenUpstream;
  let map: string;
  beforeAll(async () => {
    upstream = await openUpstream();
    const { body } = await ask(`${upstream.url}/v1/sessions?status=on_sale&limit=1`);
    map = `${upstream.url}/v1/sessions/${body.data[0].id}/seat-map`;
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test('shows a seat free that is not, also to whoever took it', async () => {
    upstream.arm({ fault: 'stale-answer' });
    const before = await ask(map);
    await reserveOne(upstream.url);
    const after = await ask(map);
    expect(after.body).toEqual(before.body);
    expect(after.headers.get('x-request-id')).not.toBe(before.headers.get('x-request-id'));
    await upstream.heal();
    expect((await ask(map)).body.version).toBeGreaterThan(before.body.version);
  });

  test('is not modified for whoever has the copy that the cache has', async () => {
    upstream.arm({ fault: 'stale-answer' });
    const tag = (await ask(map)).headers.get('etag') ?? '';
    await reserveOne(upstream.url);
    expect((await ask(map, { headers: { 'If-None-Match': tag } })).status).toBe(304);
    await upstream.heal();
    expect((await ask(map, { headers: { 'If-None-Match': tag } })).status).toBe(200);
  });

  test('with `notModified`, no tag is ever old', async () => {
    upstream.arm({ fault: 'stale-answer', with: { notModified: true } });
    const asked = await ask(map, { headers: { 'If-None-Match': '"long-ago"' } });
    expect([asked.status, asked.headers.get('etag')]).toEqual([304, '"long-ago"']);
  });
});

describe('the cache', () => {
  const chance = new Chance(1);
  const reply = (body: string, status = 200): Reply => ({ status, headers: [], body });
  const cache = () => {
    const clock = new ManualClock();
    const armed = staleAnswer.arm(staleAnswer.params.parse({ age: '10s' }), {
      clock,
      conditions: CAPABLE,
      standsAt: () => true,
      chance: new Chance(1),
    });
    const said = (honest: Reply, parts: Parameters<typeof arrival>[0] = {}) =>
      armed.answer?.(honest, arrival(parts), chance);
    return { clock, said };
  };

  test('is refreshed at its age, and not before', () => {
    const { clock, said } = cache();
    const bodies = ['one', 'two', 'three'].map((body) => {
      const { body: shown } = said(reply(body)) ?? {};
      clock.advance(5000);
      return shown;
    });
    expect(bodies).toEqual(['one', 'one', 'three']);
  });

  test('keeps no failure, and hides one while it has something', () => {
    const { clock, said } = cache();
    expect(said(reply('gone', 404))?.status).toBe(404);
    expect(said(reply('one'))?.body).toBe('one');
    expect(said(reply('gone', 404))?.body).toBe('one');
    clock.advance(10_000);
    expect(said(reply('gone', 404))?.status).toBe(404);
  });

  test('never shows one seller what another was told', () => {
    const { said } = cache();
    said(reply('a'), { client: 'a' });
    expect(said(reply('b'), { client: 'b' })?.body).toBe('b');
  });

  test('is bounded: of very many, those used last are kept', () => {
    const { said } = cache();
    for (let i = 0; i < 1000; i++) said(reply('old'), { url: `/v1/sessions/${i}` });
    expect(said(reply('new'), { url: '/v1/sessions/999' })?.body).toBe('old');
    expect(said(reply('new'), { url: '/v1/sessions/0' })?.body).toBe('new');
  });
});
