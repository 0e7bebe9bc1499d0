// What the rules in force make of one webhook: lost, late, doubled, held back or badly signed; and when each of them has acted.
import type { Arrival } from '../wire/arrival.ts';
import type { DrawnStrike } from './drawn-strike.ts';
import type { Notice } from './notice.ts';

/** What of a notice a rule changed, which is there to be seen once this has happened. */
export type Effect = 'lost' | 'late' | 'copied' | 'held-back' | 'signed-badly';

/** A rule's part in what becomes of a notice: whoever sends it says when it has acted. */
export interface NoticeHit {
  readonly strike: DrawnStrike;
  readonly effects: readonly Effect[];
}

export interface PlannedNotice {
  /** In the order in which they are sent; none: it is lost. */
  readonly notices: readonly Notice[];
  readonly hits: readonly NoticeHit[];
}

/** At most so many webhooks come of one. */
const MAX_COPIES = 100;

/** Each rule sees what those before it made; one without a unit of its limit is left out. */
export function foldNotices(notice: Notice, strikes: readonly DrawnStrike[]): PlannedNotice {
  const hits: NoticeHit[] = [];
  let notices: readonly Notice[] = [notice];
  for (const strike of strikes) {
    const made = notices.flatMap((one) => strike.rule.armed.notify?.(one, strike.chance) ?? [one]).slice(0, MAX_COPIES);
    const effects = effectsOf(notices, made);
    if (effects.length === 0) strike.giveBack();
    else if (strike.take()) {
      notices = made;
      hits.push({ strike, effects });
    }
  }
  return { notices, hits };
}

function effectsOf(before: readonly Notice[], after: readonly Notice[]): Effect[] {
  if (before.length > 0 && after.length === 0) return ['lost'];
  const differs = (part: (notice: Notice) => unknown): boolean =>
    after.some((notice, at) => part(notice) !== part(before[Math.min(at, before.length - 1)] ?? notice));
  return [
    ...(differs(({ delayMs }) => delayMs) ? (['late'] as const) : []),
    ...(after.length > before.length ? (['copied'] as const) : []),
    ...(differs(({ heldBack }) => heldBack) ? (['held-back'] as const) : []),
    ...(differs(({ signature }) => signature) ? (['signed-badly'] as const) : []),
  ];
}

/** A webhook as rules are matched with it: its type stands for the operation, and there is no request. */
export function arrivalOfNotice({ type, client, subject, endpoint }: Notice, at: number): Arrival {
  return {
    requestId: '',
    at,
    operation: type,
    client,
    method: '',
    base: '',
    path: '',
    url: `${endpoint} ${subject}`,
    door: '',
    address: '',
    connectionId: 0,
    connection: NO_CONNECTION,
    connectedAt: at,
    body: undefined,
    header: () => undefined,
    headerValues: () => [],
  };
}

const NO_CONNECTION: object = Object.freeze({});
