// A process of its own: starts a server, abandons calls while they are held, stops the server, and has nothing more to do.
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/server.ts';
import { createLog } from '../../src/telemetry/log.ts';

const rules = JSON.parse(process.argv[2] ?? '[]') as object[];
const log = await createLog({ level: 'silent', destination: { write: () => {} } });
const env = { SHOWSTOPPER_PORT: '0', SHOWSTOPPER_ADMIN_PORT: '0', SHOWSTOPPER_CATALOG: 'small' };
const server = await startServer(readConfig({}, env), { log });
for (const rule of rules)
  await fetch(`${server.admin}/v1/rules`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rule),
  });
const calls = Array.from({ length: 20 }, (_, index) =>
  fetch(`${server.upstream}/v1/sessions`, { signal: AbortSignal.timeout(index < 10 ? 100 + 20 * index : 60_000) })
    .then((answer) => answer.text())
    .catch(() => undefined),
);
await Promise.all(calls.slice(0, 10)); // the others are still held
await server.stop();
process.stdout.write('stopped\n');
await Promise.all(calls);
