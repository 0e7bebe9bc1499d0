// Where a flood of our own comes from, so that its sockets are known at accept, and whether it can come from there.
import { createServer, isIPv6 } from 'node:net';
import { reachable } from '../address.ts';

export const FLOOD_ADDRESS = '127.0.0.77';

/** Why no flood can come to a listener on this host; undefined: it can. */
export function whyNoFlood(host: string): Promise<string | undefined> {
  if (isIPv6(reachable(host)))
    return Promise.resolve(
      `a flood comes from ${FLOOD_ADDRESS}, and the upstream listens on ${host}, which cannot be reached from there`,
    );
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once('error', ({ message }) =>
      resolve(
        `a flood comes from ${FLOOD_ADDRESS}, so that it can be told from clients; this system does not have it: ${message}`,
      ),
    );
    trial.listen({ host: FLOOD_ADDRESS, port: 0 }, () => trial.close(() => resolve(undefined)));
  });
}
