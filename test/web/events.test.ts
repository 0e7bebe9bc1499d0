// Server-sent events: what a reader gets, what it missed, and when it is let go.
import { once } from 'node:events';
import { get } from 'node:http';
import Koa from 'koa';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/base/refusal.ts';
import { formatEvent } from '../../src/web/event-reader.ts';
import { createEventHub, EVENT_HEADERS, type EventHubOptions, ReaderBound } from '../../src/web/events.ts';
import { listen } from '../../src/web/listen.ts';
import { ManualClock } from '../support/manual-clock.ts';

function hubOf(options: Partial<EventHubOptions> = {}) {
  const clock = new ManualClock();
  const hub = createEventHub({ clock, bound: new ReaderBound(), ...options });
  /** Follows the stream and collects its text. */
  const follow = (lastEventId?: string) => {
    const stream = hub.subscribe(lastEventId);
    const seen = { text: '', ended: false, stream };
    stream.on('data', (chunk) => {
      seen.text += chunk;
    });
    stream.on('end', () => {
      seen.ended = true;
    });
    return seen;
  };
  return { clock, hub, follow };
}

describe('a reader', () => {
  test('gets every event from then on, in order', async () => {
    const { hub, follow, clock } = hubOf();
    hub.publish('early', 0);
    const seen = follow();
    hub.publish('rule', { id: 'a/0' });
    hub.publish('heal', null);
    await clock.settle();
    expect(seen.text).toBe(
      'retry: 2000\n\nid: 2\nevent: rule\ndata: {"id":"a/0"}\n\nid: 3\nevent: heal\ndata: null\n\n',
    );
  });

  test('hears a comment every 15 seconds', async () => {
    const { follow, clock } = hubOf();
    const seen = follow();
    await clock.advanceAsync(30_000);
    expect(seen.text.match(/^: still here$/gm)).toHaveLength(2);
  });

  test('that comes back gets what it missed', async () => {
    const { hub, follow, clock } = hubOf();
    const { stream } = follow();
    hub.publish('one', 0);
    stream.destroy();
    clock.advance(59_000);
    for (const name of ['two', 'three']) hub.publish(name, 0);
    const seen = follow('1');
    await clock.settle();
    expect(seen.text).toContain('event: two');
    expect(seen.text).toContain('event: three');
    expect(seen.text).not.toContain('event: one');
  });

  test.each(['1', '99', 'x'])('is told of a gap when what came since %s is not known', async (lastEventId) => {
    const { hub, follow, clock } = hubOf({ maxReplayed: 2 });
    follow();
    for (const name of ['one', 'two', 'three', 'four']) hub.publish(name, 0);
    const seen = follow(lastEventId);
    await clock.settle();
    expect(seen.text).toContain('id: 4\nevent: gap\ndata: {"lastId":4}');
    expect(seen.text).not.toContain('event: four');
  });

  test('that comes back after more than a minute alone is told of a gap', async () => {
    const { hub, follow, clock } = hubOf();
    follow().stream.destroy();
    await clock.advanceAsync(61_000);
    hub.publish('one', 0);
    const seen = follow('0');
    hub.publish('two', 0);
    await clock.settle();
    expect(seen.text).toMatch(/id: 1\nevent: gap\n.*\n\nid: 2\nevent: two\n/);
  });

  test('leaves when its stream is destroyed', () => {
    const { hub, follow } = hubOf();
    const { stream } = follow();
    expect(hub.readers).toBe(1);
    stream.destroy();
    expect(hub.readers).toBe(0);
  });
});

describe('bounds', () => {
  test('a reader too many is refused, over all hubs of one bound, until one of them leaves', () => {
    const bound = new ReaderBound(2);
    const [one, other] = [hubOf({ bound }).hub, hubOf({ bound }).hub];
    const first = one.subscribe();
    other.subscribe();
    for (const hub of [one, other]) expect(() => hub.subscribe()).toThrow(/^at most 2 readers /);
    first.destroy();
    first.destroy();
    expect(bound.readers).toBe(1);
    other.subscribe();
    expect(() => one.subscribe()).toThrow(Refusal);
  });

  test('a reader that is too slow is told so and let go, and its backlog with it', async () => {
    const { hub, clock } = hubOf({ maxWaitingBytes: 100_000 });
    const slow = hub.subscribe();
    for (let i = 0; i < 50; i++) hub.publish('big', 'x'.repeat(10_000));
    expect(hub).toMatchObject({ readers: 0, dropped: 1 });
    let text = '';
    slow.on('data', (chunk) => {
      text += chunk;
    });
    await once(slow, 'end');
    await clock.settle();
    expect(text).toContain('event: dropped\ndata: {"reason":"too slow"');
    expect(text.length).toBeLessThan(100_000);
  });

  test('closing ends every stream and takes no more', async () => {
    const { hub, follow, clock } = hubOf();
    const seen = follow();
    hub.close();
    await clock.settle();
    expect(seen.ended).toBe(true);
    expect(clock.pending).toBe(0);
    expect(() => hub.subscribe()).toThrow(Refusal);
  });
});

test('a line break cannot smuggle in a field', () => {
  expect(formatEvent('a\nid: 9', 'x\ny', 1)).toBe('id: 1\nevent: a id: 9\ndata: "x\\ny"\n\n');
});

test('a Koa body is all it takes, and a client that leaves is noticed', async () => {
  const { hub, clock } = hubOf();
  const app = new Koa();
  app.on('error', () => {}); // Koa calls a client that leaves early an error
  app.use((ctx) => {
    ctx.set(EVENT_HEADERS);
    ctx.body = hub.subscribe(ctx.get('Last-Event-ID'));
  });
  const listening = await listen(app.callback(), { host: '127.0.0.1', port: 0 });
  const request = get(listening.url);
  const [response] = await once(request, 'response');
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  const heard = once(response, 'data');
  await heard;
  hub.publish('rule', 1);
  expect(String((await once(response, 'data'))[0])).toContain('event: rule');
  request.on('error', () => {}).destroy();
  while (hub.readers > 0) await clock.settle();
  await listening.close();
});
