// Lists of sessions are walked page by page and filtered; seat maps are fetched again only when they changed.
import { describe, expect, test } from 'vitest';
import { reserve, testUpstream } from '../support/upstream-app.ts';

type Listed = { id: string; film: { id: string }; venue: { id: string }; startsAt: string; status: string };

describe('the list', () => {
  const { ask, boxOffice } = testUpstream({ season: 'festival' });
  const all = boxOffice.season.sessions.map(({ id }) => id);

  const walk = async (query: Record<string, string>): Promise<Listed[]> => {
    const seen: Listed[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await ask('listSessions', { query: cursor ? { ...query, cursor } : query });
      seen.push(...body.data);
      cursor = body.nextCursor;
    }
    return seen;
  };

  test('cursors walk the whole catalogue exactly once', async () => {
    expect((await walk({ limit: '100' })).map(({ id }) => id)).toEqual(all);
  });

  test('a page has 20 sessions unless told otherwise', async () => {
    expect((await ask('listSessions')).body.data).toHaveLength(20);
    expect((await ask('listSessions', { query: { limit: '1' } })).body.data).toHaveLength(1);
  });

  test('the last page has no cursor, also when it is full', async () => {
    const query = { venue: boxOffice.season.sessions[0]?.venue.id as string };
    const { length } = await walk(query);
    const divisor = [100, 90, 60, 50, 33, 30, 20, 11, 10, 5, 3, 2, 1].find((n) => length % n === 0);
    expect(await walk({ ...query, limit: String(divisor) })).toHaveLength(length);
  });

  test('film, venue, day and status filter, alone and together', async () => {
    const everything = await walk({ limit: '100' });
    const [one] = everything.toReversed() as [Listed];
    const date = one.startsAt.slice(0, 10);
    const filters: [Record<string, string>, (session: Listed) => boolean][] = [
      [{ film: one.film.id }, ({ film }) => film.id === one.film.id],
      [{ venue: one.venue.id }, ({ venue }) => venue.id === one.venue.id],
      [{ date }, ({ startsAt }) => startsAt.startsWith(date)],
      [{ status: one.status }, ({ status }) => status === one.status],
    ];
    for (const [query, fits] of filters)
      expect(await walk({ ...query, limit: '100' })).toEqual(everything.filter(fits));
    const together = Object.assign({}, ...filters.map(([query]) => query));
    expect(await walk(together)).toEqual(everything.filter((each) => filters.every(([, fits]) => fits(each))));
  });

  test('what nothing fits is an empty page', async () => {
    expect((await ask('listSessions', { query: { film: 'nothing' } })).body).toEqual({ data: [], nextCursor: null });
  });

  test('a cursor is for its own filter, and only as it was given', async () => {
    const { nextCursor } = (await ask('listSessions', { query: { limit: '5' } })).body;
    const bad: Record<string, string>[] = [
      { cursor: nextCursor, film: 'glass-orchard' },
      { cursor: `${nextCursor}x` },
      { cursor: nextCursor.slice(1) },
      { cursor: Buffer.from('5.0').toString('base64url') },
      { cursor: 'x'.repeat(65) },
      { cursor: '' },
    ];
    for (const query of bad) {
      const { status, body } = await ask('listSessions', { query });
      expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, 'validation_failed', 'cursor']);
    }
  });
});

describe('what is kept', () => {
  test('a list shows a change at once', async () => {
    const { ask } = testUpstream();
    const availableOf = async (): Promise<number> => (await ask('listSessions')).body.data[0].available;
    const before = await availableOf();
    expect(await availableOf()).toBe(before);
    await reserve(ask, ['B-1']);
    expect(await availableOf()).toBe(before - 1);
  });

  test('a list follows the clock', async () => {
    const { ask, clock } = testUpstream();
    const statusOf = async (): Promise<string> => (await ask('listSessions')).body.data[4].status;
    expect(await statusOf()).toBe('presale');
    await clock.advance(86_400_000);
    expect(await statusOf()).toBe('on_sale');
  });

  test('two worlds with the same season show their own seats', async () => {
    const [one, other] = [testUpstream(), testUpstream()];
    await reserve(one.ask, ['B-1']);
    const first = await one.ask('getSession', { id: 's1' });
    const second = await other.ask('getSession', { id: 's1' });
    expect(second.body.available).toBe(first.body.available + 1);
  });
});

describe('the seat map', () => {
  const map = { id: 's1' };

  test('its tag stands until a seat changes', async () => {
    const { ask } = testUpstream();
    const first = await ask('getSeatMap', map);
    expect(first.headers['cache-control']).toBe('no-cache');
    expect(first.headers.etag).toMatch(/^"[^"]+"$/);
    expect((await ask('getSeatMap', map)).headers.etag).toBe(first.headers.etag);
    await reserve(ask, ['B-1']);
    const second = await ask('getSeatMap', { ...map, headers: { 'if-none-match': first.headers.etag as string } });
    expect(second.status).toBe(200);
    expect(second.headers.etag).not.toBe(first.headers.etag);
    expect(second.body.version).toBeGreaterThan(first.body.version);
    expect(second.text).toContain('{"id":"B-1","row":"B","number":1,"category":"standard","status":"reserved"}');
  });

  test('a known tag is answered 304 without a body, weak, listed, or as a star', async () => {
    const { ask } = testUpstream();
    const { etag } = (await ask('getSeatMap', map)).headers as { etag: string };
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, `"x" ,W/${etag},"y"`, '*']) {
      const { status, headers, text } = await ask('getSeatMap', { ...map, headers: { 'if-none-match': known } });
      expect([status, headers.etag, text]).toEqual([304, etag, '']);
      expect(headers['content-type']).toBeUndefined();
    }
  });

  test('an unknown tag is answered in full', async () => {
    const { ask } = testUpstream();
    for (const unknown of ['"x"', 'W/"x"', '', '"*"'])
      expect((await ask('getSeatMap', { ...map, headers: { 'if-none-match': unknown } })).status).toBe(200);
  });

  test('a box office that opened at another time has other tags', async () => {
    const [one, other] = [testUpstream(), testUpstream()];
    const moved = { ...other.boxOffice, openedAt: other.boxOffice.openedAt + 1 };
    const later = testUpstream({ verbs: moved });
    const tags = await Promise.all([one, later].map(({ ask }) => ask('getSeatMap', map)));
    expect(tags[0]?.headers.etag).not.toBe(tags[1]?.headers.etag);
  });
});
