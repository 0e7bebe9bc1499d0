// Turns a share of what the crowd gets done into real seats, bought in the same box office as everybody's.
import type { Draw } from '../base/random-stream.ts';

/** Where the crowd buys: whatever becomes of it is not the crowd's concern, and it must not throw. */
export interface CrowdBuyer {
  buy(seats: number): void;
}

/** Purchases that a second may hold: the box office is real, and works for real. */
const MAX_PER_S = 200;

/** Seats bought together and how often, of ten in a hundred and so on; they add up to 1. A choice, for want of figures. */
const GROUP_SIZES = [
  { seats: 1, share: 0.2 },
  { seats: 2, share: 0.5 },
  { seats: 3, share: 0.15 },
  { seats: 4, share: 0.15 },
] as const;

export interface Purchases {
  /** An operation was done; perhaps it buys. */
  maybeBuy(nowMs: number): void;
  readonly bought: number;
  /** Purchases not made because the second was full. */
  readonly skipped: number;
}

export function createPurchases(buyer: CrowdBuyer, share: number, draw: Draw): Purchases {
  let second = Number.NEGATIVE_INFINITY;
  let inSecond = 0;
  let bought = 0;
  let skipped = 0;
  return {
    maybeBuy(nowMs) {
      if (draw() >= share) return;
      const nowSecond = Math.floor(nowMs / 1000);
      if (nowSecond !== second) {
        second = nowSecond;
        inSecond = 0;
      }
      if (inSecond >= MAX_PER_S) {
        skipped += 1;
        return;
      }
      inSecond += 1;
      bought += 1;
      buyer.buy(groupSize(draw()));
    },
    get bought() {
      return bought;
    },
    get skipped() {
      return skipped;
    },
  };
}

function groupSize(u: number): number {
  let left = u;
  for (const { seats, share } of GROUP_SIZES) {
    if (left < share) return seats;
    left -= share;
  }
  return 1;
}
