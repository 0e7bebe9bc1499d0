// Reading a stream of summaries: it is shown as it comes, said to be stale or lost, and come back to.
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { ToldEvent } from '../../../src/cli/told-event.ts';
import type { Link, WatchModel } from '../../../src/cli/watch/model.ts';
import { type Change, Watching, type WatchPort } from '../../../src/cli/watch/watching.ts';
import { AdminError, AdminUnreachable } from '../../../src/sdk/errors.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { START_MS, summaryAt } from './seen.ts';

const summary = (second: number): ToldEvent => ({ event: 'summary', data: summaryAt(second) });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A stream that a test tells event by event, and breaks. */
class Stream {
  readonly #events: (ToldEvent | Error | null)[] = [];
  #wake: () => void = () => {};

  async *[Symbol.asyncIterator](): AsyncGenerator<ToldEvent> {
    for (;;) {
      const next = this.#events.shift();
      if (next === null) return;
      if (next instanceof Error) throw next;
      if (next) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async tell(event: ToldEvent | Error | null): Promise<void> {
    this.#events.push(event);
    this.#wake();
    await settled();
  }
}

const BOX_OFFICE = { now: new Date(START_MS + 60_000).toISOString(), scale: 1, offsetMs: 60_000 };

function watched(
  answers: (Stream | Error)[],
  clock = new ManualClock(),
  {
    boxOfficeClock = async () => BOX_OFFICE,
    look = () => {},
  }: { boxOfficeClock?: WatchPort['boxOfficeClock']; look?: (model: WatchModel) => void } = {},
) {
  const shown: { change: Change; link: Link; seconds: number }[] = [];
  const leaving = new AbortController();
  let asked = 0;
  const port: WatchPort = {
    async events() {
      const answer = answers[asked++];
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
      return answer;
    },
    boxOfficeClock,
  };
  const show = (model: WatchModel, change: Change): void => {
    look(model);
    const { link, summaries } = model;
    shown.push({ change, link, seconds: summaries.length });
  };
  const watching = new Watching({ port, clock, signal: leaving.signal, show });
  const run = watching.run();
  return { watching, run, shown, clock, leaving, asked: () => asked };
}

test('each second is shown as it comes, and what happened too', async () => {
  const stream = new Stream();
  const { shown, leaving, run } = watched([stream]);
  await stream.tell(summary(0));
  await stream.tell({ event: 'action', data: { at: '2026-11-26T12:00:00.000Z', verb: 'heal', who: 'open', by: null } });
  await stream.tell({ event: 'unheard-of', data: 1 });
  expect(shown.map(({ change }) => change)).toEqual(['summary', 'happening']);
  leaving.abort();
  await stream.tell(null);
  await run;
});

test('a stream that tells nothing is stale from the third second on, and live again with the next one', async () => {
  const stream = new Stream();
  const { shown, clock, watching } = watched([stream]);
  await stream.tell(summary(0));
  clock.advance(2000);
  expect(watching.model.link).toEqual({ is: 'live' });
  clock.advance(1000);
  expect(shown.at(-1)).toMatchObject({ change: 'link', link: { is: 'quiet', forMs: 3000 } });
  clock.advance(1000);
  expect(shown.at(-1)).toMatchObject({ change: 'time', link: { is: 'quiet', forMs: 4000 } });
  await stream.tell(summary(4));
  expect(watching.model.link).toEqual({ is: 'live' });
});

test('a break is said with its reason, and the stream comes back with what was told before', async () => {
  const [first, second] = [new Stream(), new Stream()];
  const nobody = new AdminUnreachable('http://127.0.0.1:1', 'connect ECONNREFUSED');
  const { shown, clock, watching, asked } = watched([first, nobody, second]);
  await first.tell(summary(0));
  await first.tell(null);
  expect(shown.at(-1)).toMatchObject({ change: 'link', link: { is: 'lost', why: 'the stream has ended' }, seconds: 1 });
  clock.advance(1000);
  await settled();
  expect(watching.model.link).toMatchObject({ is: 'lost', why: expect.stringContaining('ECONNREFUSED') });
  clock.advance(1000);
  await settled();
  expect(asked()).toBe(3);
  await second.tell({ event: 'history', data: { summaries: [summaryAt(0), summaryAt(1), summaryAt(2)] } });
  await second.tell(summary(3));
  expect(shown.at(-1)).toMatchObject({ change: 'summary', link: { is: 'live' }, seconds: 4 });
});

test('one that cannot be had at the start ends it, and so does a no that stays a no', async () => {
  const nobody = new AdminUnreachable('http://127.0.0.1:1', 'connect ECONNREFUSED');
  await expect(watched([nobody]).run).rejects.toBe(nobody);
  const no = (status: number): AdminError =>
    new AdminError({
      ...{ type: 'about:blank', title: 'no', detail: 'the world is gone', instance: '/', code: 'world_deleted' },
      ...{ status, retryable: false, requestId: 'q' },
    });
  const stream = new Stream();
  const { run, clock, asked } = watched([stream, no(503), no(429), no(410)]);
  const ended = expect(run).rejects.toMatchObject({ status: 410 });
  await stream.tell(null);
  for (let turn = 0; turn < 3; turn++) {
    clock.advance(1000);
    await settled();
  }
  await ended;
  expect(asked()).toBe(4);
});

test('the clock of the box office is asked for, since it is scaled without a word', async () => {
  const stream = new Stream();
  const { clock, watching } = watched([stream]);
  await stream.tell(summary(0));
  clock.advance(5000);
  await settled();
  expect(watching.model.clock).toMatchObject({ realMs: START_MS, boxOfficeMs: START_MS + 60_000 });
});

test('what is told while the clock of the box office is asked for stays, and it is asked for once at a time', async () => {
  const stream = new Stream();
  const asked: PromiseWithResolvers<typeof BOX_OFFICE>[] = [];
  const boxOfficeClock = (): Promise<typeof BOX_OFFICE> => {
    asked.push(Promise.withResolvers());
    return asked.at(-1)?.promise as Promise<typeof BOX_OFFICE>;
  };
  const { clock, watching } = watched([stream], new ManualClock(), { boxOfficeClock });
  await stream.tell(summary(0));
  clock.advance(15_000);
  expect(asked).toHaveLength(1);
  await stream.tell(summary(1));
  asked[0]?.resolve(BOX_OFFICE);
  await settled();
  expect(watching.model.summaries).toHaveLength(2);
  expect(watching.model.clock).toMatchObject({ boxOfficeMs: START_MS + 60_000 });
  clock.advance(5000);
  expect(asked).toHaveLength(2);
  asked[1]?.reject(new Error('gone'));
  await settled();
  clock.advance(5000);
  expect(asked).toHaveLength(3);
});

test('a summary that cannot be read is told as something that happened, not as a second', async () => {
  const stream = new Stream();
  const { shown, watching } = watched([stream]);
  await stream.tell(summary(0));
  await stream.tell({ event: 'summary', data: { ...summaryAt(1), connections: null } });
  expect(shown.map(({ change, seconds }) => [change, seconds])).toEqual([
    ['summary', 1],
    ['happening', 1],
  ]);
  expect(watching.model.happenings.at(-1)?.text).toBe('a summary that cannot be read was left out');
});

test('what cannot be shown is dropped with its reason, and does not end the watch', async () => {
  const stream = new Stream();
  let isBad = false;
  const look = ({ summaries }: WatchModel): void => {
    if (isBad && summaries.length > 0) throw new RangeError('Invalid time value');
  };
  const { shown, clock, watching } = watched([stream], new ManualClock(), { look });
  await stream.tell(summary(0));
  isBad = true;
  clock.advance(1000);
  expect(watching.model.happenings.at(-1)?.text).toBe('what was known could not be shown: Invalid time value');
  clock.advance(1000);
  expect(shown.at(-1)).toMatchObject({ change: 'time', link: { is: 'live' }, seconds: 0 });
  isBad = false;
  await stream.tell(summary(1));
  expect(shown.at(-1)).toMatchObject({ change: 'summary', seconds: 1 });
});

test('a stream that breaks again and again leaves nothing behind on the signal, and leaving ends the wait', async () => {
  const nobody = new AdminUnreachable('http://127.0.0.1:1', 'connect ECONNREFUSED');
  const stream = new Stream();
  const { run, clock, leaving, asked } = watched([stream, ...Array.from({ length: 9 }, () => nobody)]);
  await stream.tell(null);
  for (let round = 1; round <= 5; round++) {
    expect(getEventListeners(leaving.signal, 'abort')).toHaveLength(1);
    await clock.advanceAsync(1000);
    expect(asked()).toBe(1 + round);
  }
  leaving.abort();
  await run;
  expect(getEventListeners(leaving.signal, 'abort')).toHaveLength(0);
  expect(clock.pending).toBe(0);
});
