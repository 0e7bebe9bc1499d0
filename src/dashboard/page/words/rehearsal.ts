// The words of the panel of rehearsals.
export const WORDS = {
  start: {
    title: 'Begin a rehearsal',
    hint: 'A file in YAML: title, client, phases or a scenario, hypothesis, abort. Nothing is armed unless its abort conditions are false through the calm.',
    file: 'Choose a file',
    label: 'Rehearsal',
    button: 'Begin',
    busy: 'Beginning…',
    example: `title: Seat maps hang, and the shop survives
client: my-shop
phases:
  - { name: calm, for: 30s }
  - { name: fault, for: 3m, on: [{ profile: upstream-hang, operations: [getSeatMap] }] }
  - { name: recovery, for: 90s }
hypothesis:
  - { metric: client-timeout, max: 5s }
  - { metric: duplicate-orders, max: 0 }
abort: { wallClock: 10m, openRequests: 5000 }
`,
    line: 'line',
  },
  viewer: 'Your token may only read, so nothing can be begun here.',
  none: 'No rehearsal has been yet in this world.',
  running: 'running',
  holds: 'This page holds the dead man’s switch: closed or cut off for 30 s, everything is healed.',
  beatLost: 'The server does not hear this page: without a heartbeat for 30 s everything is healed.',
  phases: 'Phases',
  phaseLeft: (time: string) => `${time} left`,
  hypothesis: 'Hypothesis',
  atMost: 'at most',
  atLeast: 'at least',
  notYet: 'judged at the end',
  abort: 'Aborted when',
  noAbort: 'It has no abort conditions.',
  notes: 'Notes',
  note: 'Note',
  author: 'Author',
  kinds: { saw: 'saw', thought: 'thought', did: 'did' },
  kind: 'Kind',
  noteHint: 'Enter writes it down. Alt+1 saw, Alt+2 thought, Alt+3 did; n comes here from everywhere.',
  write: 'Write down',
  noNotes: 'Nothing was noted yet.',
  finish: 'Finish',
  finishing: 'Judging…',
  abortNow: 'Abort',
  aborting: 'Aborting…',
  reason: 'Reason',
  result: 'Result',
  held: 'The hypothesis holds.',
  notHeld: 'The hypothesis does not hold.',
  gate: (verdict: string) => `Safety gate: ${verdict}`,
  aborted: (condition: string, value: string, limit: string) => `Aborted by ${condition}: ${value} (limit ${limit})`,
  report: 'Report',
  save: (form: string) => `Save ${form}`,
  earlier: 'Rehearsals',
  title: 'Title',
  began: 'Began',
  status: 'Status',
  outcome: 'Outcome',
  outcomes: { true: 'holds', false: 'does not hold', null: 'not judged' },
  metric: 'Metric',
  bound: 'Bound',
  figure: 'Figure',
  why: 'Why',
  back: 'All rehearsals',
} as const;
