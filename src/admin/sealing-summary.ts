// What the figures of a world tell while a hidden scenario is played: how much is struck, and not by what.
import { SEALED } from '../scenarios/playback-state.ts';
import type { Sample, Summary, SummaryRule } from './contract/summary.ts';

/** When it ends would tell when a cue comes, and that it cannot be counted, which kind it may be. */
const sealedRule = (rule: SummaryRule): SummaryRule => ({
  ...rule,
  ...{ id: SEALED, activation: SEALED, fault: SEALED, acted: rule.acted ?? 0, expiresAt: null },
});

/** The story is withheld already; how many servers there are would tell a stall, and connections of ours a flood. */
export const sealedSummary = <Told extends Pick<Summary, 'rules' | 'connections' | 'capacity' | 'rehearsal'>>(
  told: Told,
): Told => ({
  ...told,
  rules: told.rules.map(sealedRule),
  connections: { ...told.connections, open: told.connections.open + told.connections.flood, flood: 0 },
  capacity: told.capacity && { ...told.capacity, servers: null },
  rehearsal: told.rehearsal && { ...told.rehearsal, title: SEALED, phase: SEALED, endsAt: null },
});

export const sealedSample = (sample: Sample): Sample => ({ ...sample, faults: sample.faults.map(() => SEALED) });
