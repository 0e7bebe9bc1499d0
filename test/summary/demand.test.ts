// The state of a circuit breaker, guessed from demand alone.
import { describe, expect, test } from 'vitest';
import { Demand } from '../../src/summary/demand.ts';

/** Seconds of so many requests each, of which some failed. */
function live(demand: Demand, seconds: number, arrived: number, failed = 0): void {
  for (let second = 0; second < seconds; second++) demand.second(arrived, arrived, failed);
}

function opened(): Demand {
  const demand = new Demand();
  live(demand, 10, 20);
  live(demand, 5, 20, 20);
  live(demand, 3, 0);
  return demand;
}

describe('a breaker', () => {
  test('is not known while too little comes', () => {
    const demand = new Demand();
    live(demand, 30, 0);
    expect(demand.state).toBeNull();
  });

  test('is closed while its client sends steadily, whether it is answered well or not', () => {
    const demand = new Demand();
    live(demand, 5, 20);
    expect(demand.state).toBe('closed');
    live(demand, 10, 20, 20);
    expect(demand.state).toBe('closed');
  });

  test('is open when demand falls to under a tenth after failures', () => {
    expect(opened().state).toBe('open');
  });

  test('is not open when demand falls without a failure', () => {
    const demand = new Demand();
    live(demand, 10, 20);
    live(demand, 10, 0);
    expect(demand.state).toBeNull();
  });

  test('is not open when demand only halves after failures', () => {
    const demand = new Demand();
    live(demand, 10, 20, 20);
    live(demand, 6, 10, 10);
    expect(demand.state).toBe('closed');
  });

  test('is half-open while single requests come, and open again when they stop', () => {
    const demand = opened();
    live(demand, 1, 1, 1);
    expect(demand.state).toBe('half-open');
    live(demand, 2, 0);
    expect(demand.state).toBe('half-open');
    live(demand, 1, 0);
    expect(demand.state).toBe('open');
  });

  test('is closed again when its client sends as before', () => {
    const demand = opened();
    live(demand, 1, 1);
    live(demand, 3, 20);
    expect(demand.state).toBe('closed');
  });

  test('of a client that has gone is forgotten', () => {
    const demand = opened();
    live(demand, 120, 0);
    expect(demand.state).toBeNull();
  });
});
