// Holds an exchange while no request on its connection is answered.
import type { Connection } from '../../wire/connection/connection.ts';
import type { ExchangeEnd } from './exchange-end.ts';

/** Resolves when no rule in force wants silence any more; never for an exchange that does not go on. */
export async function whileSilenced(departure: ExchangeEnd, connection: Connection): Promise<void> {
  const silent = (): boolean => connection.silencer !== undefined;
  for (let by = connection.silencer; by; by = connection.silencer) {
    const { id } = by;
    await new Promise<void>((goOn) =>
      departure.hold(id, undefined, {
        goOn,
        get staysHeld() {
          return silent();
        },
      }),
    );
  }
}
