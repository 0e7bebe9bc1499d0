// A plan as the file it could have been read from; keys of sellers have become the names they are shown by.
import { formatDuration } from '../../base/duration.ts';
import type { Condition } from '../condition.ts';
import { unitMs } from '../metrics.ts';
import type { AbortLimits, Plan } from '../plan.ts';

/** YAML; reading it gives the same plan. */
export function writtenPlan({ title, client, demand, phases, scenario, hypothesis, blastRadius, abort }: Plan): string {
  const { clients, operations, share, longestMs } = blastRadius;
  return [
    line('title', title),
    line('client', client),
    line('demand', demand === null ? null : `${demand}/s`),
    line('scenario', scenario?.name),
    line('speed', scenario?.speed),
    ...list(
      'phases',
      phases.map(({ name, forMs, on }) => ({ name, for: formatDuration(forMs), on: on.length > 0 ? on : null })),
    ),
    ...list('hypothesis', hypothesis.map(writtenCondition)),
    line('blastRadius', { clients, operations, share, longest: durationOf(longestMs) }),
    line('abort', writtenLimits(abort)),
  ]
    .filter((one) => one !== '')
    .map((one) => `${one}\n`)
    .join('');
}

function writtenCondition({ metric, unit, client, phase, min, max, verdict, noData }: Condition): object {
  const ms = unitMs(unit);
  const bound = (figure: number | null): unknown => {
    const written = figure === null || ms === undefined ? null : formatDuration(figure * ms);
    return written === null || /e/.test(written) ? figure : written;
  };
  return {
    metric,
    client,
    phase,
    min: bound(min),
    max: bound(max),
    verdict,
    noData: noData === 'fail' ? null : noData,
  };
}

function writtenLimits(limits: AbortLimits): object {
  const { wallClockMs, openRequests, errorShare, frontDoor, memoryBytes, eventLoopLagMs } = limits;
  return {
    ...{ wallClock: durationOf(wallClockMs), openRequests },
    errorShare: errorShare && { above: errorShare.above, for: durationOf(errorShare.forMs) },
    frontDoor: frontDoor && { url: frontDoor.url, failing: durationOf(frontDoor.failingMs) },
    ...{
      memory: memoryBytes === null ? null : `${memoryBytes / 2 ** 20}MiB`,
      eventLoopLag: durationOf(eventLoopLagMs),
    },
  };
}

const durationOf = (ms: number | null): string | null => (ms === null ? null : formatDuration(ms));

const line = (key: string, value: unknown): string => {
  const text = jsonOf(value);
  return text === undefined || text === '{}' ? '' : `${key}: ${text}`;
};

const list = (key: string, items: readonly object[]): string[] =>
  items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${jsonOf(item)}`)];

/** Words, durations and rates that need no quotes, but for those that some readers of YAML take for something else. */
const PLAIN = /^(?:[A-Za-z][\w-]*|\d+(?:ms|s|m|h|d|\/s))$/;
const MEANT = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Without what is not said; undefined where nothing is. Spaced as people write it. */
function jsonOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return `[${value.map((one) => jsonOf(one) ?? 'null').join(', ')}]`;
  if (typeof value === 'string' && PLAIN.test(value) && !MEANT.test(value)) return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  const said = Object.entries(value).flatMap(([key, one]) => {
    const text = jsonOf(one);
    return text === undefined ? [] : [`${key}: ${text}`];
  });
  return said.length === 0 ? '{}' : `{ ${said.join(', ')} }`;
}
