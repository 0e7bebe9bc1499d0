// Capacity and crowd as Prometheus sees them; nothing while both are off.
import type { Sample, Series } from './series.ts';

/** Counts since capacity was turned on, and how it is now. */
interface CapacityFigures {
  readonly queue: number;
  readonly busy: number;
  readonly totals: Readonly<Record<string, number>>;
}

interface CrowdFigures {
  readonly classes: readonly {
    readonly policy: string;
    readonly inFlight: number;
    readonly totals: Readonly<Record<string, number>>;
  }[];
}

/** Asked at every scrape; null is off. */
export interface LoadSources {
  capacity(): CapacityFigures | null;
  crowd(): CrowdFigures | null;
}

const CAPACITY_COUNTS = {
  offered: 'Jobs that came to the upstream’s servers, of real requests and of the crowd.',
  goodput: 'Jobs done for a client that was still there.',
  wasted: 'Jobs done for a client that had left.',
  shed: 'Jobs turned away while their client waited.',
};

const CROWD_COUNTS = {
  operations: 'Operations that the crowd began.',
  firstTries: 'First calls of operations that were sent.',
  retries: 'Further calls that were sent.',
  goodput: 'Operations done, and heard of by their seller.',
  wasted: 'Calls done when their seller had left.',
  timedOut: 'Calls given up by their seller.',
  shed: 'Calls turned away by the upstream.',
  refused: 'Calls that the sellers’ own breaker did not send.',
};

export function loadSeries(sources: LoadSources): Series[] {
  const capacity = (of: (now: CapacityFigures) => number) => (): Sample[] => {
    const now = sources.capacity();
    return now ? [{ value: of(now) }] : [];
  };
  const crowd = (of: (sellers: CrowdFigures['classes'][number]) => number) => (): Sample[] =>
    (sources.crowd()?.classes ?? []).map((sellers, at) => ({
      labels: { class: at, policy: sellers.policy },
      value: of(sellers),
    }));
  return [
    ...Object.entries(CAPACITY_COUNTS).map(([name, help]) =>
      series(
        'counter',
        `capacity_${name}_total`,
        help,
        capacity(({ totals }) => totals[name] ?? 0),
      ),
    ),
    series(
      'gauge',
      'capacity_queue',
      'Jobs that wait for a server.',
      capacity(({ queue }) => queue),
    ),
    series(
      'gauge',
      'capacity_busy',
      'Servers at work.',
      capacity(({ busy }) => busy),
    ),
    ...Object.entries(CROWD_COUNTS).map(([name, help]) =>
      series(
        'counter',
        `crowd_${snake(name)}_total`,
        help,
        crowd(({ totals }) => totals[name] ?? 0),
      ),
    ),
    series(
      'gauge',
      'crowd_in_flight',
      'Calls of the crowd that wait for an answer.',
      crowd(({ inFlight }) => inFlight),
    ),
  ];
}

const series = (type: Series['type'], name: string, help: string, collect: Series['collect']): Series => ({
  name: `showstopper_${name}`,
  help,
  type,
  collect,
});

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
