// Sessions and their seat maps: the read path, which most of the traffic is.
import type { SessionFilter } from '../../box-office/box-office.ts';
import { type Answer, JSON_TYPE, json } from '../replies.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { sessionId } from './ids.ts';
import { defineOperation, type Work } from './operation.ts';
import { noQuery, type SessionQuery, sessionQuery } from './requests.ts';
import { seatMapShape, sessionPageShape, sessionShape } from './schemas.ts';
import { seatMapTag } from './seat-map-pages.ts';

export const listSessions = defineOperation({
  name: 'listSessions',
  method: 'GET',
  path: '/v1/sessions',
  summary: 'Lists sessions in order of showing',
  query: sessionQuery.transform(placeInList),
  answers: { 200: { summary: 'A page of sessions.', shape: sessionPageShape } },
  refusals: ['validation_failed'],
  handler({ boxOffice, query, kept, terms }) {
    const { filter, from, limit, list } = query;
    const asked = { boxOffice, query, stamp: terms.soldOut ? Number.NaN : boxOffice.stamp() };
    const known = kept.pages.known(asked);
    if (known) return json(200, known);
    const page = boxOffice.sessions(filter, from, limit, terms);
    return json(
      200,
      kept.pages.json(asked, page, () => {
        const nextCursor = page.next === undefined ? 'null' : `"${writeCursor(list, page.next)}"`;
        return `{"data":[${kept.sessions.join(boxOffice, page.items)}],"nextCursor":${nextCursor}}`;
      }),
    );
  },
});

/** What a page needs of a query, worked out once for each query string. */
function placeInList({ limit, cursor, ...filter }: SessionQuery): {
  filter: SessionFilter;
  list: string;
  from: number;
  limit: number;
} {
  const list = JSON.stringify(['sessions', filter.date, filter.film, filter.venue, filter.status]);
  return { filter, list, from: readCursor(list, cursor), limit };
}

export const getSession = defineOperation({
  name: 'getSession',
  method: 'GET',
  path: '/v1/sessions/{id}',
  summary: 'Shows a session',
  params: { id: sessionId },
  query: noQuery,
  answers: { 200: { summary: 'The session.', shape: sessionShape } },
  refusals: ['not_found'],
  handler: ({ boxOffice, params, kept, terms }) =>
    json(200, kept.sessions.join(boxOffice, [boxOffice.session(params.id as string, terms)])),
});

export const getSeatMap = defineOperation({
  name: 'getSeatMap',
  method: 'GET',
  path: '/v1/sessions/{id}/seat-map',
  summary: 'Shows every seat of a session',
  params: { id: sessionId },
  query: noQuery,
  requestHeaders: { 'If-None-Match': 'The `ETag` of the seat map that is already there.' },
  answers: {
    200: { summary: 'The seat map.', shape: seatMapShape, headers: { ETag: 'Changes with every seat.' } },
    304: { summary: 'The seat map of the If-None-Match still stands.', headers: { ETag: 'The same again.' } },
  },
  refusals: ['not_found'],
  handler: showSeatMap,
});

function showSeatMap({ boxOffice, params, headers, kept, terms }: Work): Answer {
  const map = boxOffice.seatMap(params.id as string, terms);
  const tag = seatMapTag(boxOffice, map);
  const caching = [
    ['ETag', tag],
    ['Cache-Control', 'no-cache'],
  ] as const;
  if (isKnown(tag, headers['if-none-match'])) return { status: 304, headers: caching, body: '' };
  return { status: 200, headers: [JSON_TYPE, ...caching], body: kept.seatMaps.json(boxOffice, map) };
}

/** If-None-Match by weak comparison (RFC 9110, 13.1.2). */
function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
}
