// The container's health check: 0 when admin says in time that all is well, else 1; loads next to nothing.
import { localAdminUrl } from '../config/client-settings.ts';

/** A frozen process accepts connections and never answers; this is how long that may take. */
const TIMEOUT_MS = 2000;

const healthy = await fetch(`${localAdminUrl()}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exit(healthy ? 0 : 1);
