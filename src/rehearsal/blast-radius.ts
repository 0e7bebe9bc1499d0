// Whether rules stay within the blast radius: whom they may strike, at which operations, at which share, and for how long.
import { formatDuration } from '../base/duration.ts';
import type { Arming } from '../director/guard.ts';
import type { BlastRadius } from './plan.ts';

type Armed = Arming['rules'][number];

/** Why such rules must not be put in force, in words; undefined: they may. `now` in epoch milliseconds. */
export function whyBeyond({ rules, expiresAt, isCue }: Arming, radius: BlastRadius, now: number): string | undefined {
  for (const rule of rules) {
    const why = whyStrikes(rule, radius) ?? (isCue ? undefined : whyLasts(rule, expiresAt, radius, now));
    if (why !== undefined) return `rule ${rule.id} (${rule.fault.name}) ${why}`;
  }
  return undefined;
}

/** The rules that have been in force for longer than may be; those of cues, whose ttl nobody tells beforehand. */
export const outlasting = (rules: readonly Armed[], { longestMs }: BlastRadius, now: number): Armed[] =>
  longestMs === null ? [] : rules.filter(({ since }) => now - since > longestMs);

function whyStrikes(rule: Armed, { clients, operations, share }: BlastRadius): string | undefined {
  if (rule.maxShare === 0) return undefined; // it strikes nothing
  const beyond =
    whyNames('clients', rule, clients, 'may strike any seller') ??
    whyNames('operations', rule, operations, 'may strike any operation');
  if (beyond !== undefined) return beyond;
  if (share !== null && rule.maxShare > share)
    return `has the share ${rule.maxShare}, and the blast radius allows at most ${share}`;
  return undefined;
}

/** All its matches must hold, so that one of them is enough to keep it within. */
function whyNames(
  part: 'clients' | 'operations',
  { matches }: Armed,
  allowed: readonly string[] | null,
  any: string,
): string | undefined {
  if (allowed === null) return undefined;
  const named = matches.map((match) => match[part]).filter((names) => names !== undefined);
  const all = named.reduce<readonly string[] | undefined>(
    (left, names) => (left ? left.filter((name) => names.includes(name)) : names),
    undefined,
  );
  const said = `the blast radius allows only the ${part} ${allowed.join(', ')}`;
  if (!all) return `${any}, and ${said}`;
  const others = all.filter((name) => !allowed.includes(name));
  return others.length === 0 ? undefined : `strikes ${others.slice(0, 5).join(', ')}, and ${said}`;
}

function whyLasts(rule: Armed, expiresAt: number | null, { longestMs }: BlastRadius, now: number): string | undefined {
  if (longestMs === null || rule.maxShare === 0) return undefined;
  const ends = [expiresAt, rule.expiresAt].filter((end) => end !== null);
  const said = `the blast radius allows at most ${formatDuration(longestMs)}`;
  if (ends.length === 0) return `has no ttl, and ${said}`;
  const lastsMs = Math.min(...ends) - now;
  return lastsMs > longestMs ? `lasts ${formatDuration(lastsMs)}, and ${said}` : undefined;
}
