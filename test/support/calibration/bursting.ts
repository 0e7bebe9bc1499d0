// Breakers that let ten calls through when they have been open for long enough, as resilience4j does, and sony/gobreaker can.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manner } from './manner.ts';
import { reserve } from './plain.ts';

const FAILURES = 20;
const OPEN_MS = 2000;
const PROBES = 10;
const PATIENCE_MS = 1000;

type State = 'closed' | 'open' | 'half-open';

/** Which failed probe opens it again. */
const bursting = (by: 'first' | 'last') => (): Manner => {
  let [state, failed, admitted, period]: [State, number, number, number] = ['closed', 0, 0, 0];
  const needed = (): number => (state === 'closed' ? FAILURES : by === 'first' ? 1 : PROBES);

  function enter(next: State): void {
    [state, failed, admitted] = [next, 0, 0];
    period++; // what was begun before says nothing any more
    if (next === 'open') void sleep(OPEN_MS).then(() => enter('half-open'));
  }

  return {
    async perform(task) {
      if (state === 'open' || (state === 'half-open' && admitted === PROBES)) throw new Error('the breaker is open');
      admitted++;
      const begunIn = period;
      try {
        await reserve(task, { signal: AbortSignal.timeout(PATIENCE_MS) });
      } catch (error) {
        if (begunIn === period && ++failed === needed()) enter('open');
        throw error;
      }
    },
  };
};

export const openedByFirst = bursting('first');
export const openedByLast = bursting('last');
