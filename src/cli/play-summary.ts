// The ending of a playback: how it went, and what came to the upstream meanwhile, from the counters of the server.
import type { Playback } from '../admin/contract/playback.ts';
import { counted } from '../base/counted.ts';
import { lastedWords } from './playback-words.ts';

/** Requests that ended, by how: a class of statuses such as `2xx`, or `none` without an answer. */
export type EndedRequests = Readonly<Record<string, number>>;

/** What is counted before and after. */
export interface Counters {
  /** Undefined in a world of its own: they are those of the whole process. */
  readonly requests: EndedRequests | undefined;
  readonly seatsSold: number;
}

const SERIES = /^showstopper_requests_total\{([^}]*)\} (\d+)/gm;

/** Reads the text of `/metrics`. */
export function requestsIn(metrics: string): EndedRequests {
  const ended: Record<string, number> = {};
  for (const [, labels = '', count] of metrics.matchAll(SERIES)) {
    const status = /status="(\w+)"/.exec(labels)?.[1] ?? 'none';
    const statusClass = /^[1-5]\d\d$/.test(status) ? `${status[0]}xx` : 'none';
    ended[statusClass] = (ended[statusClass] ?? 0) + Number(count);
  }
  return ended;
}

export interface PlaySummary {
  readonly name: string;
  readonly playback: Playback;
  readonly lastedMs: number;
  readonly cues: number;
  readonly before: Counters;
  readonly after: Counters;
}

/** `fajr-1399 was played to its end, 19:00, in 5m: 14 cues, none failed. 6100 requests ended: 2000 2xx, …`. */
export function summaryWords({ name, playback, lastedMs, cues, before, after }: PlaySummary): string {
  const { storyTime, storyMs, endsMs, failures } = playback;
  const whole = playback.scenario === name && (endsMs === 0 || storyMs >= endsMs);
  const how = whole ? `was played to its end, ${storyTime},` : `was stopped at ${storyTime}, before its end,`;
  const failed = failures === 0 ? 'none failed' : `${failures} failed`;
  return `${name} ${how} after ${lastedWords(lastedMs)}: ${cues} cues, ${failed}. ${requestWords(before, after)}`;
}

function requestWords(before: Counters, after: Counters): string {
  const sold = `${counted(after.seatsSold - before.seatsSold, 'seat')} sold`;
  if (before.requests === undefined || after.requests === undefined)
    return `${sold}. Requests are counted for the whole server, not for one world.`;
  const earlier = before.requests;
  const since = Object.entries(after.requests)
    .map(([statusClass, count]) => [statusClass, count - (earlier[statusClass] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const all = since.reduce((sum, [, count]) => sum + count, 0);
  const classes = since
    .map(([statusClass, count]) => `${count} ${statusClass === 'none' ? 'without an answer' : statusClass}`)
    .join(', ');
  return all === 0 ? `No request ended meanwhile; ${sold}.` : `${all} requests ended: ${classes}; ${sold}.`;
}
