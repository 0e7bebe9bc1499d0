// The doors of one world, as far as the director may lay its hand on them: a port that the upstream supplies.
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { ConnectionMatch } from '../wire/door/connection-match.ts';

/** A socket on a door. */
export interface LivingConnection {
  /** Unique over all doors. */
  readonly id: number;
  readonly door: string;
  readonly remote: string;
  /** Epoch ms. */
  readonly openedAt: number;
  /** Requests that came on it so far. */
  readonly requests: number;
  /** Of these, not ended yet. */
  readonly underWay: number;
  /** It comes from a flood of our own. */
  readonly flood: boolean;
  /** It is held before anything on it is served: by silence, for a slot, or in its handshake. */
  readonly waiting: boolean;
  /** Its client has gone, as far as one can know; it is kept silent for a while and then closed. */
  readonly lingering: boolean;
}

/** Connections of clients now and since the start, and those of floods of our own now. */
export interface ConnectionTally {
  readonly open: number;
  readonly flood: number;
  /** Of clients, ever. */
  readonly opened: number;
  /** Of clients, ever. */
  readonly closed: number;
}

export interface Doors {
  /** As rules name them. */
  readonly names: readonly string[];
  /** Why there are none, and how to get one; undefined where there are doors. */
  readonly missing?: string | undefined;
  /** Open sockets. */
  readonly count: number;
  /** Of integers that are kept anyway. */
  readonly tally: ConnectionTally;
  /** Connections that may still come. */
  readonly room: number;
  /** Names of those that no rule wants dark. */
  readonly notDark: readonly string[];
  /** What is wrong with the doors themselves, in words: a port that cannot be taken back, say. */
  readonly troubles: readonly string[];
  /** Resolves when every door is as the rules in force want it, or has said that it cannot be yet. */
  settled(): Promise<void>;
  /** Open sockets one by one, the oldest first. */
  livingConnections(): readonly LivingConnection[];
  /** Puts rules that strike connections on those that are there already; gives the ids of those that were struck. */
  reachLiving(rules: readonly ArmedRule[]): Promise<ReadonlySet<number>>;
  /** Resets connections that are there and fit every match; gives how many. */
  sever(matches: readonly ConnectionMatch[]): Promise<number>;
}
