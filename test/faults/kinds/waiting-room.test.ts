// waiting-room: a ticket, a place in the line, and being let in, in order of arrival.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { admittedShape, waitingShape } from '../../../src/upstream/operations/schemas.ts';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('waiting-room');

describe('waiting-room', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const health = (headers: Record<string, string> = {}) => ask(`${upstream.url}/v1/health`, { headers });
  const show = (ticket: string) => ({ 'X-Waiting-Room-Ticket': ticket });
  const ticketOf = (pollUrl: string): string => pollUrl.split('/').at(-1) ?? '';

  test('bare, everybody waits in order of arrival, and nobody is ever let in', async () => {
    upstream.arm({ fault: 'waiting-room' });
    const answers = [await health(), await health(), await health()];
    const places = answers.map(({ status, body }) => {
      expect(status).toBe(202);
      return waitingShape.parse(body);
    });
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(new Set(places.map(({ pollUrl }) => pollUrl)).size).toBe(3);
    for (const { pollUrl, position, wait } of places) {
      const poll = await ask(upstream.url + pollUrl);
      expect([poll.status, poll.body.position, poll.body.wait]).toEqual([202, position, wait]);
    }
  });

  test('who polls is admitted in time, and proceeds with its ticket', async () => {
    upstream.arm({ fault: 'waiting-room', with: { admitEvery: '120ms' } });
    const { pollUrl } = (await health()).body;
    const second = (await health()).body;
    expect([second.position, second.wait]).toEqual([2, 1]);
    expect((await health(show(ticketOf(second.pollUrl)))).body).toEqual(second); // no new place for who has one
    await expect.poll(async () => (await ask(upstream.url + pollUrl)).status).toBe(200);
    const { ticket } = admittedShape.parse((await ask(upstream.url + pollUrl)).body);
    expect(ticket).toBe(ticketOf(pollUrl));
    const through = await health(show(ticket));
    expect([through.status, through.headers.get('x-waiting-room-ticket')]).toEqual([200, ticket]);
  });

  test('as many as fit go straight in, are told their ticket, and keep their place by it', async () => {
    upstream.arm({ fault: 'waiting-room', with: { capacity: 2 } });
    const first = await health();
    expect((await health()).status).toBe(200);
    expect((await health()).status).toBe(202);
    const ticket = first.headers.get('x-waiting-room-ticket') ?? '';
    for (let i = 0; i < 3; i++) expect((await health(show(ticket))).status).toBe(200);
    expect((await health(show('1-forged'))).body.position).toBe(2);
  });

  test('by client, a client waits once for all it asks, and needs no header', async () => {
    upstream.arm({ fault: 'waiting-room', with: { capacity: 1, by: 'client' } });
    const as = (key: string) => health({ 'X-Api-Key': key });
    expect([(await as('a')).status, (await as('b')).status, (await as('a')).status]).toEqual([200, 202, 200]);
    expect([(await as('c')).body.position, (await as('b')).body.position]).toEqual([2, 1]);
  });

  test('a poll is answered whatever the rule matches, and strikes no count of it', async () => {
    const match = { operations: ['listSessions'] };
    upstream.arm({ fault: 'waiting-room', match, skip: 1, limit: 1 });
    const list = () => ask(`${upstream.url}/v1/sessions`);
    expect((await list()).status).toBe(200);
    const { pollUrl } = (await list()).body;
    expect((await health()).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await ask(upstream.url + pollUrl)).status).toBe(202);
    expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 2, acted: 1 });
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({
      operation: 'pollWaitingRoom',
      hits: [],
    });
  });

  test('of two rooms each answers for its own tickets', async () => {
    upstream.arm({ fault: 'waiting-room', match: { operations: ['getHealth'] }, with: { capacity: 1 } });
    await health();
    const { pollUrl } = (await health()).body;
    upstream.arm({ fault: 'waiting-room' });
    await ask(`${upstream.url}/v1/sessions`);
    expect((await ask(upstream.url + pollUrl)).body.position).toBe(1);
  });

  test('without a room, or with a ticket of none, the poll is not found', async () => {
    const poll = (ticket: string) => ask(`${upstream.url}/v1/waiting-room/${ticket}`);
    expect((await poll('0-abc')).body).toMatchObject({ status: 404, code: 'not_found' });
    upstream.arm({ fault: 'waiting-room' });
    const { pollUrl } = (await health()).body;
    expect((await poll('0-abc')).status).toBe(404);
    await upstream.heal();
    expect((await ask(upstream.url + pollUrl)).status).toBe(404);
  });
});
