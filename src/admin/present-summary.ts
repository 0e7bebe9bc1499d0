// A second of a world as the admin API tells it: as text in parts, since most of it is kept, and much stays as it was.
import type { World } from '../director/world-port.ts';
import type { ExchangeEntry } from '../journal/entry.ts';
import type { RehearsalSeen } from '../rehearsal/seen.ts';
import { isSealed, withheldPlayback } from '../scenarios/playback-state.ts';
import type { Second } from '../summary/summaries.ts';
import {
  MAX_SUMMARY_CLIENTS,
  MAX_SUMMARY_RULES,
  type Sample,
  type Summary,
  type SummaryRule,
} from './contract/summary.ts';
import { time, timeOrNull } from './present.ts';
import { sealedSample, sealedSummary } from './sealing-summary.ts';

export interface Beside {
  readonly lagMs: number;
  readonly rehearsal: RehearsalSeen | null;
  /** When activations end, by their names; null: by nothing but a hand. */
  readonly ends: ReadonlyMap<string, number | null>;
}

/** Joined, they are the JSON of a summary. */
export interface SummaryText {
  /** What is otherwise each second. */
  readonly head: string;
  readonly rest: string;
  /** Rows, asked for only where somebody reads them. */
  clients(): Summary['clients'];
  readonly end: string;
}

const HEAD = ['seq', 'at', 'oldestOpenMs', 'loopLagMs'] as const;
type Head = (typeof HEAD)[number];

export function summaryText(second: Second, beside: Beside): SummaryText {
  const { seq, at, oldestOpenMs, world } = second;
  const head: Pick<Summary, Head> = {
    ...{ seq, at: time(at) },
    oldestOpenMs: oldestOpenMs === null ? null : Math.round(oldestOpenMs),
    loopLagMs: Math.round(beside.lagMs * 10) / 10,
  };
  const sealed = isSealed(world.playback.player.status);
  const rest = restOf(second, beside);
  return {
    head: `${JSON.stringify(head).slice(0, -1)},`,
    rest: `${JSON.stringify(sealed ? sealedSummary(rest) : rest).slice(1, -1)},"clients":`,
    clients: () => [...second.clients(MAX_SUMMARY_CLIENTS)],
    end: '}',
  };
}

export type SummaryRest = Omit<Summary, Head | 'clients'>;

function restOf({ world, totals, shed, completed, latencyMs, samplesDropped }: Second, beside: Beside): SummaryRest {
  const { free, reserved, sold, blocked, refundsPending } = world.counts();
  const rules = world.engine.rules.slice(0, MAX_SUMMARY_RULES);
  return {
    world: world.name,
    story: storyOf(world),
    startedAt: time(world.startedAt),
    totals: { ...totals, shed },
    open: world.inFlight(),
    held: world.holds.size,
    latencyMs,
    connections: { ...world.doors.tally },
    capacity: capacityOf(world),
    seats: { free, reserved, sold, blocked },
    orders: { completed, refundPending: refundsPending },
    rules: rulesOf(world, rules, beside.ends),
    rulesLeftOut: world.engine.rules.length - rules.length,
    rehearsal: rehearsalOf(beside.rehearsal),
    evicted: world.journal.stats.evicted,
    samplesDropped,
  };
}

function storyOf({ playback }: World): Summary['story'] {
  const { scenario, status, storyTime, storyMs, endsAt, endsMs, speed, cue, next, note } = withheldPlayback(
    playback.player.status,
  );
  return { scenario, status, storyTime, storyMs, endsAt, endsMs, speed, cue, next, note };
}

function capacityOf({ load }: World): Summary['capacity'] {
  const observed = load.capacityObserved();
  return observed && { queue: observed.queue, busy: observed.busy, servers: load.capacity()?.servers ?? 0 };
}

function rulesOf({ holds }: World, rules: World['engine']['rules'], ends: Beside['ends']): SummaryRule[] {
  if (rules.length === 0) return [];
  const held = holds.countByRule();
  return rules.map((rule) => ({
    ...{ id: rule.id, activation: rule.activation, fault: rule.fault.name, share: rule.shareNow() },
    acted: rule.fault.countable ? rule.counts.acted : null,
    held: held.get(rule.id) ?? 0,
    ...{ since: time(rule.since), expiresAt: timeOrNull(endOf(rule, ends)) },
  }));
}

/** A rule ends with its activation, if not before. */
function endOf({ activation, expiresAt }: World['engine']['rules'][number], ends: Beside['ends']): number | null {
  const all = [expiresAt, activation === null ? null : (ends.get(activation) ?? null)].filter((end) => end !== null);
  return all.length === 0 ? null : Math.min(...all);
}

const rehearsalOf = (seen: RehearsalSeen | null): Summary['rehearsal'] =>
  seen && { ...seen, endsAt: timeOrNull(seen.endsAt), abort: seen.abort.map((one) => ({ ...one })) };

export function presentSample(entry: ExchangeEntry, rate: number, sealed: boolean): Sample {
  const { seq, at, requestId, client, operation, method, status, ended, endedAt, hits } = entry;
  const sample: Sample = {
    ...{ seq, at: time(at), requestId, client, operation, method, status, ended: ended ?? 'answered' },
    ms: Math.max(0, (endedAt ?? at) - at),
    faults: [...new Set(hits.map(({ fault }) => fault))],
    rate,
  };
  return sealed ? sealedSample(sample) : sample;
}
