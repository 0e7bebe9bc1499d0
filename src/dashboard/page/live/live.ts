// The stream of the world that is looked at: one a visible tab, closed while it is hidden, begun anew when it breaks.
import { effect, signal } from '@preact/signals';
import type { Summary } from '../../../admin/contract/summary.ts';
import { AdminError } from '../../../sdk/admin-request.ts';
import { worldName } from '../route.ts';
import { client, enter, isIn, messageOf } from '../session.ts';
import { forgetWorld, keepFailed, latest, take, takeActions } from './kept.ts';

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
const RETRY_MS = [500, 1000, 2000, 3000, 5000] as const;

let seenAt = 0;

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
    if (!isIn.value || !visible.value) return;
    worldName.value;
    const ended = new AbortController();
    void follow(ended.signal);
    return () => ended.abort();
  });
  setInterval(() => {
    tick.value = Date.now();
    const { is } = connection.peek();
    if (is === 'live' && Date.now() - seenAt > STALE_MS) connection.value = { is: 'stale', since: seenAt };
  }, 250);
}

async function follow(ended: AbortSignal): Promise<void> {
  connection.value = { is: 'connecting' };
  for (let tries = 0; !ended.aborted; tries++) {
    try {
      const events = await client.peek().events(ended, { view: 'summary' });
      void lookBack(ended);
      for await (const { event, data } of events) {
        tries = 0;
        heard(event, data);
      }
    } catch (error) {
      if (ended.aborted) return;
      keepFailed();
      if (error instanceof AdminError && error.status !== 503 && error.status !== 429) {
        connection.value = { is: 'refused', why: error.message };
        if (error.status === 401) void enter();
        return;
      }
      connection.value = { is: 'lost', why: messageOf(error), since: seenAt || Date.now() };
    }
    await pause(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 0, ended);
  }
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
  take(event, data);
  if (event !== 'summary') return;
  seenAt = Date.now();
  aheadMs.value = Date.parse((data as Summary).at) - seenAt;
  if (connection.peek().is !== 'live') connection.value = { is: 'live' };
}

const pause = (ms: number, ended: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ended.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Whether the figures shown are those of now. */
export const isCurrent = (): boolean => connection.value.is === 'live' && latest.value !== null;
