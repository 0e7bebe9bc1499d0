// The stream of the world that is looked at: one a visible tab, closed while it is hidden, begun anew when it breaks.
import { effect, signal } from '@preact/signals';
import type { State } from '../../../admin/contract/state.ts';
import type { Summary } from '../../../admin/contract/summary.ts';
import { AdminError, detailOf } from '../../../sdk/errors.ts';
import { pause } from '../../../sdk/pause.ts';
import { isWorldName, worldName } from '../route.ts';
import { client, enter, isIn, whyOf } from '../session.ts';
import { WORDS } from '../words/shell.ts';
import { forgetWorld, latest, rehearsalMayHaveChanged, take, takeActions } from './kept.ts';

export type Connection =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  /** Nothing has come for a while, though the stream stands. */
  | { readonly is: 'stale'; readonly since: number }
  | { readonly is: 'lost'; readonly why: string; readonly since: number }
  | { readonly is: 'refused'; readonly why: string };

export const connection = signal<Connection>({ is: 'connecting' });
/** By the clock of this machine, every second; what is shown as a time left follows it. */
export const tick = signal(Date.now());
/** How far the server's clock is ahead of this machine's. */
export const aheadMs = signal(0);

const STALE_MS = 3000;
/** A connection that nothing has come over for so long is given up: its other end may be gone without a word. */
const SILENT_MS = 10_000;
const RETRY_MS = [500, 1000, 2000, 3000, 5000] as const;
/** What was refused may be allowed later: a world is made, a server is brought up to date. */
const REFUSED_RETRY_MS = 5000;

let seenAt = 0;
/** When something was heard last over the connection there is, or when it was begun. */
let heardAt = 0;
let giveUp = (): void => {};

/** The server's time now, in epoch ms. */
export const serverNow = (): number => tick.value + aheadMs.value;

export function startLive(): void {
  const visible = signal(!document.hidden);
  document.addEventListener('visibilitychange', () => {
    visible.value = !document.hidden;
  });
  effect(() => {
    worldName.value;
    forgetWorld();
  });
  effect(() => {
    if (!isIn.value || !visible.value || !isWorldName.value) return;
    worldName.value;
    const ended = new AbortController();
    void follow(ended.signal);
    return () => ended.abort();
  });
  setInterval(() => {
    tick.value = Date.now();
    const { is } = connection.peek();
    if (is === 'live' && Date.now() - seenAt > STALE_MS) connection.value = { is: 'stale', since: seenAt };
    if (Date.now() - heardAt > SILENT_MS) giveUp();
  }, 250);
}

async function follow(ended: AbortSignal): Promise<void> {
  connection.value = { is: 'connecting' };
  for (let tries = 0; !ended.aborted; tries++) {
    try {
      const events = await stream(ended);
      void lookBack(ended);
      for await (const { event, data } of events) {
        tries = 0;
        heard(event, data);
      }
      if (!ended.aborted) failed(new Error(WORDS.silent));
    } catch (error) {
      if (ended.aborted) return;
      failed(error);
    }
    const isRefused = connection.peek().is === 'refused';
    await pause(isRefused ? REFUSED_RETRY_MS : (RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 0), ended);
  }
}

/** It ends with `ended`, and when nothing comes for too long. */
function stream(ended: AbortSignal) {
  const silent = new AbortController();
  giveUp = () => silent.abort();
  heardAt = Date.now();
  return client.peek().events(AbortSignal.any([ended, silent.signal]), { view: 'summary' });
}

function failed(error: unknown): void {
  rehearsalMayHaveChanged();
  if (error instanceof AdminError && error.status !== 503 && error.status !== 429) {
    const why = whyOf(error);
    connection.value = { is: 'refused', why: error.status === 400 ? WORDS.noFigures(why) : why };
  } else connection.value = { is: 'lost', why: detailOf(error), since: seenAt || Date.now() };
}

/** The stream alone would do without. */
async function lookBack(ended: AbortSignal): Promise<void> {
  const before = await client
    .peek()
    .actions()
    .catch(() => []);
  if (!ended.aborted) takeActions(before);
}

function heard(event: string, data: unknown): void {
  heardAt = Date.now();
  if (!take(event, data)) return;
  if (event === 'state') {
    const { startedAt, uptimeMs } = data as State;
    aheadMs.value = Date.parse(startedAt) + uptimeMs - heardAt;
  }
  if (event !== 'summary') return;
  seenAt = heardAt;
  aheadMs.value = Date.parse((data as Summary).at) - seenAt;
  const { is } = connection.peek();
  if (is === 'live') return;
  connection.value = { is: 'live' };
  // it may be another one than before the break, or allow something else
  if (is === 'lost' || is === 'refused') void enter();
}

/** Whether the figures shown are those of now. */
export const isCurrent = (): boolean => connection.value.is === 'live' && latest.value !== null;
