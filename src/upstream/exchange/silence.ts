// Holds an exchange while no request on its connection is answered.

import type { Connection } from '../../wire/connection/connection.ts';
import type { Holds } from '../../wire/held.ts';
import type { ExchangeEnd } from './exchange-end.ts';

/** Resolves when no rule in force wants silence any more; never for an exchange that does not go on. `holds`: of the world of the door, whose rules those are. */
export async function whileSilenced(departure: ExchangeEnd, connection: Connection, holds: Holds): Promise<void> {
  const silent = (): boolean => connection.silencer !== undefined;
  for (let by = connection.silencer; by; by = connection.silencer) {
    const { id } = by;
    await new Promise<void>((goOn) =>
      departure.hold(id, undefined, holds, {
        goOn,
        get staysHeld() {
          return silent();
        },
      }),
    );
  }
}
