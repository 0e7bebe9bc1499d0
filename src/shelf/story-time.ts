// Times of a story: clock times such as 14:02 where it has a beginning on the clock, else durations from its start.
import { parseDuration } from '../base/duration.ts';

const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const LASTED = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A clock time before the start is of the next day, if that is no longer away than this. */
const PAST_MIDNIGHT_MS = DAY_MS / 2;
/** No story is longer. */
export const MAX_STORY_MS = 7 * DAY_MS;

/** What is allowed, for messages. */
export const CLOCK_FORM = 'a clock time such as 14:02 or 14:02:30';

/** The same, of any time in a story. */
export const STORY_TIME_FORM = `${CLOCK_FORM}, or a duration from the start such as 90s, 5m or 2h30m, at most ${MAX_STORY_MS / DAY_MS}d`;

/** Milliseconds since midnight, or undefined when it is no clock time. */
export function parseClock(text: string): number | undefined {
  const parts = CLOCK.exec(text);
  if (!parts) return undefined;
  return Number(parts[1]) * HOUR_MS + Number(parts[2]) * MINUTE_MS + Number(parts[3] ?? 0) * SECOND_MS;
}

/** Where a story begins on the clock, in milliseconds since midnight; null when its times are durations only. */
export type StoryStart = number | null;

/** Story milliseconds from the start, or what is wrong with the text. */
export function readStoryTime(text: string, start: StoryStart): { readonly ms: number } | { readonly mistake: string } {
  const shown = JSON.stringify(text);
  const lasted = parseLasted(text.replace(/^\+/, ''));
  const clock = parseClock(text);
  if (lasted === undefined && clock === undefined) return { mistake: `must be ${STORY_TIME_FORM}, got ${shown}` };
  if (clock !== undefined && start === null)
    return { mistake: `is a clock time, which needs \`starts\` (as "13:55"), got ${shown}` };
  const ms = lasted ?? (clock as number) - (start as number);
  const from = ms < 0 ? ms + DAY_MS : ms;
  if (ms < 0 && from > PAST_MIDNIGHT_MS)
    return { mistake: `is before the start, ${showStoryTime(0, start)}, got ${shown}` };
  if (from > MAX_STORY_MS)
    return { mistake: `must be within ${MAX_STORY_MS / DAY_MS} days of the start, got ${shown}` };
  return { ms: from };
}

/** `14:02`, or `+2m` in a story without a beginning on the clock; seconds only where there are any. */
export function showStoryTime(storyMs: number, start: StoryStart): string {
  if (start === null) return showLasted(storyMs);
  const ofDay = (start + storyMs) % DAY_MS;
  const seconds = Math.floor((ofDay % MINUTE_MS) / SECOND_MS);
  const parts = [Math.floor(ofDay / HOUR_MS), Math.floor((ofDay % HOUR_MS) / MINUTE_MS)];
  if (seconds > 0) parts.push(seconds);
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** As a story's own clock shows it while it runs: whole minutes on the clock, else whole seconds. */
export function showStoryClock(storyMs: number, start: StoryStart): string {
  const unit = start === null ? SECOND_MS : MINUTE_MS;
  const begun = start ?? 0;
  return showStoryTime(Math.max(0, Math.floor((begun + storyMs) / unit) * unit - begun), start);
}

/** One duration, or several from the largest unit down: 90m, 2h30m, 1m20s. */
function parseLasted(text: string): number | undefined {
  const parts = LASTED.exec(text);
  if (!parts || text === '') return parseDuration(text);
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * DAY_MS + (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS + (seconds ?? 0) * SECOND_MS;
}

function showLasted(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const seconds = (ms % MINUTE_MS) / SECOND_MS;
  const parts = [hours > 0 && `${hours}h`, minutes > 0 && `${minutes}m`, seconds > 0 && `${seconds}s`].filter(Boolean);
  return `+${parts.join('') || '0s'}`;
}
