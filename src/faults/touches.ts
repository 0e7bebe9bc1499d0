// Which requests a kind can touch at all, by what an arrival shows: its rules match no others.
import type { Mistake } from '../base/mistake.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Fault, Touches } from './fault.ts';
import { type Known, whyNever } from './match-overlap.ts';
import type { Match } from './rule.ts';

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

/** What of a match the kind can never touch, with what it can. */
export function touchMistakes(fault: Pick<Fault, 'name' | 'touches' | 'ownOperation'>, match: Match = {}): Mistake[] {
  const { name, ownOperation, touches: what = {} } = fault;
  const untouched = (match.operations ?? []).flatMap((operation, index) => {
    if (operation !== ownOperation && (what.operations?.includes(operation) ?? true)) return [];
    const message = `${name} can never touch ${operation}; ${allowed(fault)}`;
    return [{ path: `match.operations[${index}]`, message }];
  });
  const methods = (match.methods ?? []).flatMap((method, index) => {
    if (touchesMethod(what, method.toUpperCase())) return [];
    const allowed = what.methods?.join(', ') ?? `any but ${what.exceptMethods?.join(', ')}`;
    return [{ path: `match.methods[${index}]`, message: `${name} can never touch ${method}; it can: ${allowed}` }];
  });
  return [...untouched, ...methods];
}

const allowed = ({ touches: what, ownOperation }: Pick<Fault, 'touches' | 'ownOperation'>): string =>
  what?.operations ? `it can: ${what.operations.join(', ')}` : `it can any but ${ownOperation}`;

/** Why a rule of the kind can strike nothing that fits all of these matches, though something does; undefined when it may. */
export function whyUntouched(
  { name, touches: what = {} }: Fault,
  matches: readonly Match[],
  known: Known,
): string | undefined {
  const can: Match = {
    ...(what.operations && { operations: [...what.operations] }),
    ...(what.methods && { methods: [...what.methods] }),
  };
  const upper = matches.flatMap(({ methods }) => (methods ? [methods.map((method) => method.toUpperCase())] : []));
  const exempt = upper.some((methods) => methods.every((method) => what.exceptMethods?.includes(method)));
  if (!exempt && whyNever([...matches, can], known) === undefined) return undefined;
  const words = [
    what.operations?.join(', '),
    what.methods?.join(', '),
    what.exceptMethods && `no ${what.exceptMethods.join(', ')}`,
  ];
  return `${name} can touch ${words.filter(Boolean).join(' by ')} only`;
}
