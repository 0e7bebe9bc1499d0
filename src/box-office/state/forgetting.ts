// What a ledger forgets: the oldest reservations that ended, so that a long game does not fill the memory.
import type { Order } from '../order.ts';
import { SEAT_CODE } from '../season/seat.ts';
import type { LedgerDraft } from './ledger-draft.ts';

/** Ended reservations (and their orders) kept per session; older ones are as if they had never been. */
export const MAX_ENDED_PER_SESSION = 500;
/** Kept in all sessions together: each with its order is some 1.5 kB. Where sessions are many, each keeps its part. */
export const MAX_ENDED = 50_000;
/** Clients whose ids are counted on per session; the one counted longest ago is counted from its ids again. */
const MAX_MINTING = 10_000;
/** Forgotten at a time, of those that may be kept, so that the search is paid rarely. */
const BATCH_SHARE = 0.2;

/** How many a session may keep among so many. */
export const endedPerSession = (sessions: number): number =>
  Math.max(1, Math.min(MAX_ENDED_PER_SESSION, Math.floor(MAX_ENDED / sessions)));

/**
 * Forgets the oldest ended ones, with the orders that went with them, when there are more than one of so many sessions
 * may keep, and some. Whoever adds a reservation makes room for it so.
 */
export function forgetEnded(draft: LedgerDraft, sessions: number): void {
  forgetMinting(draft);
  const { reservations, orders, orderOf, holds } = draft;
  const kept = endedPerSession(sessions);
  const batch = Math.ceil(kept * BATCH_SHARE);
  const standing = draft.count(SEAT_CODE.reserved) + draft.count(SEAT_CODE.sold); // who stands has at least one seat
  if (reservations.size <= standing + kept + batch) return;
  let surplus = batch;
  const forgotten: Order[] = [];
  for (const [id] of reservations.entries()) {
    if (surplus === 0) break;
    const order = orders.get(orderOf.get(id) ?? '');
    if (holds.has(id) || (order && (stillMatters(order) || holds.has(order.id)))) continue;
    reservations.delete(id);
    orderOf.delete(id);
    if (order) {
      orders.delete(order.id);
      forgotten.push(order);
    }
    surplus--;
  }
  draft.forgotten = forgotten;
}

/** Its seats are sold, or somebody's money is in it. */
const stillMatters = ({ status }: Order): boolean =>
  status === 'completed' || status === 'completing' || status === 'refund_pending';

/** An id that stands is never minted twice, whether its client's ids are counted or not. */
function forgetMinting({ minted }: LedgerDraft): void {
  let surplus = minted.size - MAX_MINTING;
  if (surplus <= 0) return;
  for (const [counter] of minted.entries()) {
    if (surplus-- <= 0) break;
    minted.delete(counter);
  }
}
