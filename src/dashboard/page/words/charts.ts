// The words of the charts.

/** How the server names what it withholds. */
export const SEALED_NAME = 'sealed';

export const WORDS = {
  title: 'The last five minutes',
  pause: 'Pause',
  goOn: 'Go on',
  paused: 'paused',
  pausedHint: 'The figures stand still here; the world goes on.',
  lookAt: 'Look at a moment',
  backToNow: 'Back to now',
  now: 'now',
  faults: 'Faults in these minutes',
  noFaults: 'No fault was in force.',
  noFaultThen: 'No fault was in force at this moment.',
  band: (from: string, to: string) => `${from} to ${to}`,
  bandNow: (from: string) => `since ${from}`,
  moreBands: (count: string) => `and ${count} earlier`,
  leftOut: (count: string) => `${count} more rules are in force that are not told one by one.`,
  sealed: 'sealed faults',
  single: 'single rule',
  highest: (value: string) => `at most ${value} in these minutes`,
  drawn: (title: string) => `${title}, drawn over the last five minutes; its numbers follow`,
  requests: {
    title: 'Requests a second',
    lines: { offered: 'offered', answered: 'answered', failed: 'failed', shed: 'turned away' },
  },
  waiting: {
    title: 'Open requests',
    lines: { open: 'open', held: 'held' },
    oldest: 'oldest',
  },
  latency: {
    title: 'Latency of answers',
    lines: { p50: 'p50', p95: 'p95', p99: 'p99', oldest: 'oldest open' },
    held: 'held now',
    answers: 'answers',
  },
  connections: {
    title: 'Open connections',
    lines: { open: 'of clients', flood: 'of the flood' },
    opened: 'opened in all',
  },
  work: { title: 'Work a second', lines: { goodput: 'goodput', wasted: 'wasted' } },
  queue: { title: 'Queue', lines: { queue: 'waiting' }, busy: 'busy servers' },
  utilisation: { title: 'Utilisation', lines: { busy: 'busy' }, servers: 'servers' },
  seats: { title: 'Seats sold', lines: { sold: 'sold' }, free: 'free', reserved: 'reserved', blocked: 'blocked' },
  capacityOff: 'Capacity is off: requests do not wait for servers.',
  capacitySealed: 'How many servers there are is sealed while a hidden scenario plays.',
} as const;
