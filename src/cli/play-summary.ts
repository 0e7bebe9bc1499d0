// The ending of a play: how it went, and what came to the upstream meanwhile, from the counters of the server.
import type { Playback } from '../admin/contract/playback.ts';
import { lastedWords } from './playback-words.ts';

/** Requests that ended, by how: a class of statuses such as `2xx`, or `none` without an answer. */
export type Ended = Readonly<Record<string, number>>;

/** What is counted before and after. */
export interface Counted {
  readonly requests: Ended;
  readonly seatsSold: number;
}

const SERIES = /^showstopper_requests_total\{([^}]*)\} (\d+)/gm;

/** Reads the text of `/metrics`. */
export function requestsIn(metrics: string): Ended {
  const ended: Record<string, number> = {};
  for (const [, labels = '', count] of metrics.matchAll(SERIES)) {
    const status = /status="(\w+)"/.exec(labels)?.[1] ?? 'none';
    const sort = /^[1-5]\d\d$/.test(status) ? `${status[0]}xx` : 'none';
    ended[sort] = (ended[sort] ?? 0) + Number(count);
  }
  return ended;
}

export interface PlaySummary {
  readonly name: string;
  readonly playback: Playback;
  readonly lastedMs: number;
  readonly cues: number;
  readonly before: Counted;
  readonly after: Counted;
}

/** `fajr-1399 was played to its end, 19:00, in 5m: 14 cues, none failed. 6100 requests ended: 2000 2xx, …`. */
export function summaryWords({ name, playback, lastedMs, cues, before, after }: PlaySummary): string {
  const { storyTime, storyMs, endsMs, failures } = playback;
  const whole = playback.scenario === name && (endsMs === 0 || storyMs >= endsMs);
  const how = whole ? `was played to its end, ${storyTime},` : `was stopped at ${storyTime}, before its end,`;
  const failed = failures === 0 ? 'none failed' : `${failures} failed`;
  return `${name} ${how} after ${lastedWords(lastedMs)}: ${cues} cues, ${failed}. ${requestWords(before, after)}`;
}

function requestWords(before: Counted, after: Counted): string {
  const since = Object.entries(after.requests)
    .map(([sort, count]) => [sort, count - (before.requests[sort] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const all = since.reduce((sum, [, count]) => sum + count, 0);
  const sorts = since.map(([sort, count]) => `${count} ${sort === 'none' ? 'without an answer' : sort}`).join(', ');
  const seats = after.seatsSold - before.seatsSold;
  const sold = `${seats} ${seats === 1 ? 'seat' : 'seats'} sold`;
  return all === 0 ? `No request ended meanwhile; ${sold}.` : `${all} requests ended: ${sorts}; ${sold}.`;
}
