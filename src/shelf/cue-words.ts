// What a cue does, in a few words, without its time.
import { formatDuration } from '../base/duration.ts';
import type { Share } from '../faults/rule.ts';
import type { ActivateCue, Cue, WrittenSettings } from './cue.ts';

/** Of one setting, in characters. */
const MAX_SETTING = 60;
/** Of all that a cue sets. */
const MAX_SETTINGS = 200;

export function cueWords(cue: Cue): string {
  switch (cue.verb) {
    case 'note':
      return cue.text;
    case 'activate':
      return activateWords(cue);
    case 'deactivate':
      return cue.as ?? cue.profile;
    case 'heal':
      return 'all rules';
    case 'capacity':
    case 'crowd':
      return settingsWords(cue.written);
  }
}

function activateWords({ profile, as, share, ttlMs }: ActivateCue): string {
  return [
    as === profile ? profile : `${profile} as ${as}`,
    ...(share === undefined ? [] : [shareWords(share)]),
    ...(ttlMs === null ? [] : [`for ${formatDuration(ttlMs)}`]),
  ].join(', ');
}

function shareWords(share: Share): string {
  if (typeof share === 'number') return `${percent(share)} %`;
  return `${percent(share.from)} to ${percent(share.to)} % over ${share.over}`;
}

const percent = (share: number): number => Number((share * 100).toPrecision(3));

/** What the cue changes: the rest stays as it was. */
function settingsWords(written: WrittenSettings): string {
  if (written === null) return 'off';
  const changes = Object.entries(written).map(([name, value]) => `${name} ${cut(valueWords(value), MAX_SETTING)}`);
  return changes.length === 0 ? 'on' : cut(changes.join(', '), MAX_SETTINGS);
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(nameOf).join(' and ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${valueWords(inner)}`)
    .join(' ');
}

/** One of a list: customers by their policy. */
const nameOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'policy' in item ? String(item.policy) : valueWords(item);

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
