// Waits until a world is in some state, by asking for it again and again.
import type { State } from '../admin/contract/state.ts';
import { formatDuration, parseDuration } from '../base/duration-form.ts';
import { pause, timeLeft } from './pause.ts';

export interface WaitOptions {
  /** As `10s`; default 5 s. */
  readonly within?: string;
  /** What is waited for, in words for the error; unset: the condition as it is written. */
  readonly what?: string;
}

/** It did not come to be in time. */
export class WaitedInVain extends Error {
  override readonly name = 'WaitedInVain';
  /** The state that was seen last. */
  readonly state: State;

  constructor(what: string, within: string, state: State) {
    super(`waited ${within} for ${what}; it came to ${shown(state)}`);
    this.state = state;
  }
}

const DEFAULT_WITHIN = '5s';
/** A timer of more than 24 days would fire at once. */
const MAX_WITHIN_MS = 86_400_000;
/** However little time is left, an answer has so long to come. */
const LEAST_CALL_MS = 1000;
/** Between two questions, the first and the longest. */
const FIRST_PAUSE_MS = 5;
const MAX_PAUSE_MS = 100;
const MAX_WHAT_CHARS = 200;

/** Resolves with the first state of which the condition is true; rejects with WaitedInVain, or as `ask` does, which is told how long the answer may take. */
export async function waitUntil(
  ask: (timeoutMs: number) => Promise<State>,
  condition: (state: State) => boolean,
  { within = DEFAULT_WITHIN, what = String(condition).slice(0, MAX_WHAT_CHARS) }: WaitOptions = {},
): Promise<State> {
  const withinMs = parseDuration(within);
  if (withinMs === undefined || withinMs > MAX_WITHIN_MS)
    throw new TypeError(
      `within must be a duration such as 250ms, 3s or 5m, at most ${formatDuration(MAX_WITHIN_MS)}, got ${JSON.stringify(within)}`,
    );
  const left = timeLeft(withinMs);
  const over = AbortSignal.timeout(withinMs);
  for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(2 * waitMs, MAX_PAUSE_MS)) {
    const state = await ask(Math.max(LEAST_CALL_MS, Math.ceil(left())));
    if (condition(state)) return state;
    if (over.aborted) throw new WaitedInVain(what, within, state);
    await pause(waitMs, over);
  }
}

function shown({ inFlight, held, activations, rules, boxOffice, playback, webhooks }: State): string {
  const { reserved, sold, orders } = boxOffice;
  const on = [...activations.map(({ activation }) => activation), ...rules.map(({ id }) => id)];
  return [
    `inFlight ${inFlight}, held ${held}`,
    `boxOffice reserved ${reserved}, sold ${sold}, orders ${orders}`,
    `webhooks queued ${webhooks.queued}`,
    `playback ${playback.status}`,
    `on: ${on.join(', ') || 'nothing'}`,
  ].join('; ');
}
