// Which requests a kind can touch at all, by what an arrival shows: its rules match no others.
import type { Arrival } from '../wire/arrival.ts';
import type { Fault, Touches } from './fault.ts';

/** An answer to HEAD has no body that anything could be done to. */
export const BODIES: Touches = { exceptMethods: ['HEAD'] };

/** What shows how things stand. */
export const READS: Touches = {
  operations: ['getHealth', 'listSessions', 'getSession', 'getSeatMap', 'getReservation', 'getOrder', 'findOrders'],
  methods: ['GET'],
};

export function touches({ touches: what }: Pick<Fault, 'touches'>, { operation, method }: Arrival): boolean {
  if (!what) return true;
  return (what.operations?.includes(operation) ?? true) && touchesMethod(what, method);
}

export const touchesMethod = ({ methods, exceptMethods }: Touches, method: string): boolean =>
  (methods?.includes(method) ?? true) && !exceptMethods?.includes(method);
