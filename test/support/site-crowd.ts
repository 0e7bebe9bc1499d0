// Visitors of a seller's site: a crowd that comes at a rate and waits, and one who looks at a page again and again.
import { type ClientRequest, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Answered with this status, closed without one, or silent for too long. */
export type Look = number | 'closed' | 'silent';

/** One visit on a connection of its own. */
export function look(url: string, patienceMs = 3000): Promise<Look> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.on('error', () => resolve('closed'));
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.setTimeout(patienceMs, () => {
      resolve('silent');
      request.destroy();
    });
    request.on('error', () => resolve('closed'));
  });
}

export interface Crowd {
  /** How their visits have ended so far: statuses, and `closed`. */
  readonly ends: Readonly<Record<string, number>>;
  readonly waiting: number;
  /** No one comes any more, and those who wait go. */
  leave(): void;
}

/** Visitors come at this rate, each on a connection of its own, wait as long as they must, and never are more than `most` at once. */
export function crowdAt(url: string, { perSecond, most }: { perSecond: number; most: number }): Crowd {
  const waiting = new Set<ClientRequest>();
  const ends: Record<string, number> = {};
  let left = false;
  const come = (): void => {
    if (waiting.size >= most) return;
    const over = (how: string): void => {
      if (waiting.delete(request) && !left) ends[how] = (ends[how] ?? 0) + 1;
    };
    const request = get(url, { agent: false }, (response) => {
      response.on('error', () => over('closed'));
      response.resume().on('end', () => over(String(response.statusCode)));
    }).on('error', () => over('closed'));
    waiting.add(request);
  };
  const timer = setInterval(come, 1000 / perSecond);
  return {
    ends,
    get waiting() {
      return waiting.size;
    },
    leave() {
      left = true;
      clearInterval(timer);
      for (const request of waiting) request.destroy();
    },
  };
}

/** Looks for so long, one look after the other with a pause between, and tells each. */
export async function looksDuring(url: string, forMs: number, pauseMs = 50): Promise<Look[]> {
  const looks: Look[] = [];
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    looks.push(await look(url));
    await sleep(pauseMs);
  }
  return looks;
}
