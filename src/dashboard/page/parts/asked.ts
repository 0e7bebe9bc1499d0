// What a panel asks of the server: once, or again and again while the tab is seen; what was known stays on show when an answer fails.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { AdminError } from '../../../sdk/admin-request.ts';
import { pause } from '../live/pause.ts';
import { enter, messageOf } from '../session.ts';

export interface Asked<Data> {
  /** Of the last answer that came; null before the first. */
  readonly data: Data | null;
  /** Why the last one failed, in words; null: it did not. */
  readonly why: string | null;
  /** Nothing has come for what is asked now. */
  readonly busy: boolean;
  again(): void;
}

interface Asking {
  /** Anew when one of them changes. */
  readonly of: readonly unknown[];
  /** Unset: once. */
  readonly everyMs?: number | undefined;
}

/** After an answer that failed for want of a server. */
const RETRY_MS = 3000;

export function useAsked<Data>(ask: () => Promise<Data>, { of, everyMs }: Asking): Asked<Data> {
  const [asked, set] = useState<Omit<Asked<Data>, 'again'>>({ data: null, why: null, busy: true });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    set(({ data, why }) => ({ data, why, busy: true }));
    void (async () => {
      for (;;) {
        const answer = await answerTo(ask);
        if (left.signal.aborted) return;
        set(({ data }) => ({ data: 'data' in answer ? answer.data : data, why: whyOf(answer), busy: false }));
        const waitMs = 'data' in answer ? everyMs : answer.isOver ? undefined : RETRY_MS;
        if (waitMs === undefined) return;
        await pause(waitMs, left.signal);
        await untilSeen(left.signal);
        if (left.signal.aborted) return;
      }
    })();
    return () => left.abort();
  }, [...of, everyMs, tries]);
  const again = useCallback(() => setTries((before) => before + 1), []);
  return { ...asked, again };
}

/** `isOver`: asking again would be answered alike. */
type Answer<Data> = { readonly data: Data } | { readonly error: unknown; readonly isOver: boolean };

async function answerTo<Data>(ask: () => Promise<Data>): Promise<Answer<Data>> {
  try {
    return { data: await ask() };
  } catch (error) {
    if (error instanceof AdminError && error.status === 401) void enter();
    return { error, isOver: error instanceof AdminError && error.status < 500 && error.status !== 429 };
  }
}

const whyOf = (answer: Answer<unknown>): string | null => ('error' in answer ? messageOf(answer.error) : null);

function untilSeen(left: AbortSignal): Promise<void> {
  if (!document.hidden || left.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const seen = (): void => {
      document.removeEventListener('visibilitychange', seen);
      left.removeEventListener('abort', seen);
      resolve();
    };
    document.addEventListener('visibilitychange', seen);
    left.addEventListener('abort', seen);
  });
}
