// What a panel asks of the server: once, or again and again while the tab is seen; what was known stays on show when an answer fails.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { AdminError } from '../../../sdk/errors.ts';
import { pause } from '../../../sdk/pause.ts';
import { whyOf } from '../session.ts';

export interface Asked<Data> {
  /** Of the last answer that came; null before the first. */
  readonly data: Data | null;
  /** When that came, by the clock of this machine. */
  readonly at: number | null;
  /** Why the last one failed, in words; null: it did not. */
  readonly why: string | null;
  /** What it failed with. */
  readonly error: unknown;
  /** Nothing has come for what is asked now. */
  readonly busy: boolean;
  again(): void;
}

interface Asking {
  /** Anew when one of them changes. */
  readonly of: readonly unknown[];
  /** Unset: once. */
  readonly everyMs?: number | undefined;
  /** Goes on at the same pace whatever the answer: a no may be a yes later. */
  readonly insists?: boolean;
}

/** After an answer that failed for want of a server. */
const RETRY_MS = 3000;

const NOTHING_YET = { data: null, at: null, why: null, error: null, busy: true } as const;

export function useAsked<Data>(ask: () => Promise<Data>, { of, everyMs, insists = false }: Asking): Asked<Data> {
  const [asked, set] = useState<Omit<Asked<Data>, 'again'>>(NOTHING_YET);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    set((before) => ({ ...before, busy: true }));
    void (async () => {
      for (;;) {
        const answer = await answerTo(ask);
        if (left.signal.aborted) return;
        set((before) => ({ ...before, ...answer, busy: false }));
        const waitMs = answer.why === null || insists ? everyMs : isNo(answer.error) ? undefined : RETRY_MS;
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

/** What it adds to what was known. */
type Answer<Data> = Partial<Pick<Asked<Data>, 'data' | 'at'>> & Pick<Asked<Data>, 'why' | 'error'>;

async function answerTo<Data>(ask: () => Promise<Data>): Promise<Answer<Data>> {
  try {
    return { data: await ask(), at: Date.now(), why: null, error: null };
  } catch (error) {
    return { why: whyOf(error), error };
  }
}

/** Asking at once again would be answered alike. */
const isNo = (error: unknown): boolean => error instanceof AdminError && error.status < 500 && error.status !== 429;

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
