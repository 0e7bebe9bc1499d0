// Whether something stays within the blast radius: whom it may strike, at which operations, at which share, and for how long.
import { formatDuration } from '../base/duration.ts';
import type { Director } from '../director/director.ts';
import type { Arming, Sweeping } from '../director/guard.ts';
import { struckTogether } from '../director/struck-together.ts';
import type { World } from '../director/world-port.ts';
import type { BlastRadius } from './plan.ts';

type Armed = Arming['rules'][number];

/** Of the rules that strike too much together. */
const MAX_NAMED = 5;

/** In which world something is asked, and what it must be within. */
export interface Within {
  readonly world: World;
  readonly director: Director;
  readonly radius: BlastRadius;
}

/** Why such rules must not be in force, in words; undefined: they may. */
export function whyBeyond({ rules, beside, expiresAt, isCue }: Arming, within: Within): string | undefined {
  const { radius } = within;
  const all = [...beside, ...rules];
  for (const rule of rules) {
    const why =
      whyStrikes(rule, radius) ??
      (isCue ? undefined : whyLasts(rule, expiresAt, radius)) ??
      whyTogether(rule, all, within);
    if (why !== undefined) return `${nameOf(rule)} ${why}`;
  }
  return undefined;
}

const SWEEPS: Readonly<Record<Sweeping, string>> = {
  ...{ capacity: 'capacity strikes', crowd: 'a crowd strikes', sever: 'cutting connections strikes' },
};

/** Why what strikes whoever comes must not be; a radius that says nothing but `longest` has nothing against it. */
export function whySweeps(what: Sweeping, { clients, operations, share }: BlastRadius): string | undefined {
  if (clients) return `${SWEEPS[what]} every seller, and ${onlyOf('clients', clients)}`;
  if (operations) return `${SWEEPS[what]} every operation, and ${onlyOf('operations', operations)}`;
  if (share !== null && share < 1) return `${SWEEPS[what]} every request, and ${atMost(share)}`;
  return undefined;
}

const nameOf = ({ id, fault }: Armed): string => `rule ${id} (${fault.name})`;
const onlyOf = (part: string, names: readonly string[]): string =>
  `the blast radius allows only the ${part} ${names.join(', ')}`;
const atMost = (share: number): string => `the blast radius allows at most ${share}`;

/** The rules that have been in force for longer than may be; those of cues, whose ttl nobody tells beforehand. */
export const outlasting = (rules: readonly Armed[], { longestMs }: BlastRadius, now: number): Armed[] =>
  longestMs === null ? [] : rules.filter(({ since }) => now - since > longestMs);

function whyStrikes(rule: Armed, { clients, operations, share }: BlastRadius): string | undefined {
  if (rule.maxShare === 0) return undefined; // it strikes nothing
  const beyond =
    whyNames('clients', rule, clients, 'may strike any seller') ??
    whyNames('operations', rule, operations, 'may strike any operation');
  if (beyond !== undefined) return beyond;
  if (share !== null && rule.maxShare > share) return `has the share ${rule.maxShare}, and ${atMost(share)}`;
  return undefined;
}

/** What one rule spares another may strike. */
function whyTogether(rule: Armed, all: readonly Armed[], { world, director, radius }: Within): string | undefined {
  const { share } = radius;
  if (share === null || share >= 1 || rule.maxShare === 0) return undefined;
  const together = struckTogether(rule, all, share, director.knownIn(world));
  if (!together) return undefined;
  const others = together.rules.filter((other) => other !== rule);
  const named = others.slice(0, MAX_NAMED).map(nameOf);
  const more = others.length > named.length ? [`${others.length - named.length} more`] : [];
  const beside = [...named, ...more].join(', ');
  return `strikes a share of ${Number(together.share.toPrecision(3))} together with ${beside}, and ${atMost(share)}`;
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
  const said = onlyOf(part, allowed);
  if (!all) return `${any}, and ${said}`;
  const others = all.filter((name) => !allowed.includes(name));
  return others.length === 0 ? undefined : `strikes ${others.slice(0, 5).join(', ')}, and ${said}`;
}

function whyLasts(rule: Armed, expiresAt: number | null, { longestMs }: BlastRadius): string | undefined {
  if (longestMs === null || rule.maxShare === 0) return undefined;
  const ends = [expiresAt, rule.expiresAt].filter((end) => end !== null);
  const said = `the blast radius allows at most ${formatDuration(longestMs)}`;
  if (ends.length === 0) return `has no ttl, and ${said}`;
  const lastsMs = Math.min(...ends) - rule.since;
  return lastsMs > longestMs ? `lasts ${formatDuration(lastsMs)}, and ${said}` : undefined;
}
