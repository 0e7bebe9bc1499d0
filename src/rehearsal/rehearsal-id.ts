// The id of a rehearsal: when it began, as somebody would look for it, and some digits of chance.
import { Refusal } from '../base/refusal.ts';

/** In UTC. */
export const EXAMPLE_ID = 'r-20261126-085530-3fa91c02';

/** As `EXAMPLE_ID`. */
export function rehearsalId(now: number, randomHex: string): string {
  const stamp = new Date(now)
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '')
    .replace('T', '-');
  return `r-${stamp}-${randomHex}`;
}

/** Of none that is known in a world; `current` is the one that runs. */
export function unknownRehearsal(world: string, id: string): Refusal {
  if (id === 'current') return new Refusal('not_found', `no rehearsal runs in the world ${world}`);
  const asked = JSON.stringify(id.slice(0, 80));
  return new Refusal(
    'not_found',
    `there is no rehearsal ${asked} in the world ${world}; for one of another world say which: --world NAME, or /w/NAME`,
  );
}
