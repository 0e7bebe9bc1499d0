// What the message of a failed test says of its world: the last exchanges, and what was on.
import type { AdminClient } from '../sdk/admin-client.ts';
import { entryLine } from './entry-line.ts';

/** Exchanges that are shown, the newest. */
const SHOWN = 20;
const MAX_NAMES = 20;

export interface FailedTest {
  readonly admin: Pick<AdminClient, 'journal' | 'state'>;
  readonly world: string;
  /** When the test began by the server's clock, in epoch milliseconds. */
  readonly startedAtMs: number;
  /** What the test turned on, whether that has ended or not. */
  readonly turnedOn: readonly string[];
}

/** Never rejects: what cannot be read is said in its place. */
export async function lastExchanges({ admin, world, startedAtMs, turnedOn }: FailedTest): Promise<string> {
  try {
    const [{ data, nextCursor }, state] = await Promise.all([admin.journal({ limit: SHOWN }), admin.state()]);
    const left = [...state.activations.map(({ activation }) => activation), ...state.rules.map(({ id }) => id)];
    const more = nextCursor === null ? '' : `, the last ${data.length}`;
    const heading = `What the upstream saw in the world ${world}${more}:`;
    const lines = data.toReversed().map((entry) => `  ${entryLine(entry, startedAtMs)}`);
    const on = [...new Set([...turnedOn, ...left])].map((name) => (left.includes(name) ? name : `${name} (ended)`));
    return [heading, ...(lines.length > 0 ? lines : ['  nothing']), `On in this test: ${listed(on)}`].join('\n');
  } catch (error) {
    return `What the upstream saw in the world ${world} cannot be read: ${(error as Error).message}`;
  }
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const more = names.length - MAX_NAMES;
  return more > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
