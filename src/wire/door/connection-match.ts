// Which connections a match means, by what is known of one without a request: its door and its address.
import { inRanges } from '../address.ts';

/** Absent parts mean all. */
export interface ConnectionMatch {
  readonly doors?: readonly string[] | undefined;
  /** Addresses or ranges in CIDR notation. */
  readonly addresses?: readonly string[] | undefined;
}

interface Known {
  readonly door: string;
  readonly remote: string;
}

/** Whether a connection fits every one of the matches. */
export function fitsConnection(matches: readonly ConnectionMatch[]): (connection: Known) => boolean {
  const each = matches.map(({ doors, addresses }) => {
    const inside = addresses && inRanges(addresses);
    return ({ door, remote }: Known) => (!doors || doors.includes(door)) && (!inside || inside(remote));
  });
  return (connection) => each.every((inside) => inside(connection));
}
