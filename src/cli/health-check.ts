// The container's health check: 0 when admin says in time that all is well, else 1; loads next to nothing.
import { sleep, systemClock } from '../base/clock.ts';
import { firstProcessLine, probedAdminUrl } from '../config/client-settings.ts';

/** A frozen process accepts connections and never answers; this is how long that may take. */
const TIMEOUT_MS = 2000;
/** Under attack admin may close a connection before its request was read; then another try is worth it. */
const AGAIN_MS = 50;

const url = `${probedAdminUrl(process.argv.slice(2), firstProcessLine())}/readyz`;
const signal = AbortSignal.timeout(TIMEOUT_MS);

/** Undefined: the connection was closed without an answer. */
const ask = (): Promise<boolean | undefined> =>
  fetch(url, { signal }).then(
    ({ ok }) => ok,
    ({ cause }: Error) => (CLOSED.has((cause as NodeJS.ErrnoException | undefined)?.code ?? '') ? undefined : false),
  );

const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

let healthy = await ask();
while (healthy === undefined) {
  await sleep(systemClock, AGAIN_MS);
  healthy = await ask();
}
process.exit(healthy ? 0 : 1);
