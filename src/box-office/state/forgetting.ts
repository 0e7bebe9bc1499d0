// What a ledger forgets: the oldest reservations that ended, so that a long game does not fill the memory.

import type { Order } from '../order.ts';
import type { Ledger } from './ledger.ts';

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

/** Forgets the oldest ended ones when there are more than `kept` and some; gives the orders that went with them. */
export function forgetEnded(ledger: Ledger, kept: number): readonly Order[] {
  const { reservations, orders, orderOf, holds, counts, minted } = ledger;
  for (const client of minted.keys()) {
    if (minted.size <= MAX_MINTING) break;
    minted.delete(client); // an id that stands is never minted twice
  }
  const forgotten: Order[] = [];
  const batch = Math.ceil(kept * BATCH_SHARE);
  const [, reserved = 0, sold = 0] = counts;
  if (reservations.size <= reserved + sold + kept + batch) return forgotten; // who stands has at least one seat
  let surplus = batch;
  for (const id of reservations.keys()) {
    if (surplus === 0) break;
    const order = orders.get(orderOf.get(id) ?? '');
    if (holds.has(id) || order?.status === 'completed') continue;
    reservations.delete(id);
    orderOf.delete(id);
    if (order && orders.delete(order.id)) forgotten.push(order);
    surplus--;
  }
  return forgotten;
}
