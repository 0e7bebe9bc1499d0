// Opens the admin listener, says clearly why it cannot, and closes it at once.
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Admission } from './admission.ts';
import { refuseTunnels } from './tunnels.ts';

/** Not imported: an ES module's import of node:http also loads a whole HTTP client, a seventh of the time to start. */
const { createServer } = process.getBuiltinModule('node:http');

export interface ListenOptions {
  /** Address or name; every address of the machine for `0.0.0.0` and `::`. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What to change when it cannot be had, for the message. */
  readonly settings?: { readonly host: string; readonly port: string };
  /** Head of a request must have come by then. */
  readonly headersTimeoutMs?: number;
  /** The whole request must have come by then. */
  readonly requestTimeoutMs?: number;
  /** An idle connection is closed after this. */
  readonly keepAliveTimeoutMs?: number;
  /** One that does not read its answer is closed after this. */
  readonly unreadTimeoutMs?: number;
  /** Beyond, the one that needs its place least gives way to the newcomer. */
  readonly maxConnections?: number;
  /** Told of what goes wrong later, as when no descriptor is left to accept with; the listener stays. */
  readonly failed?: (error: Error) => void;
}

export interface Listening {
  /** Reachable from this machine: `http://127.0.0.1:9190` also when it listens everywhere. */
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Cuts every connection, also idle ones and event streams; resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Connections at once: well below the descriptors that the upstream leaves to admin, and above what may last long, which
 * is event streams and waiting verifications.
 */
export const MAX_CONNECTIONS = 160;
/** How often node looks for heads and bodies that are overdue. */
const OVERDUE_EVERY_MS = 500;

const ADMIN_SETTINGS = { host: 'SHOWSTOPPER_ADMIN_HOST', port: 'SHOWSTOPPER_ADMIN_PORT' };

/** Rejects with an Error that names the address and the setting to change. */
export function listen(handler: RequestListener, options: ListenOptions): Promise<Listening> {
  const { host, port } = options;
  const server = serverFor(handler, options);
  refuseTunnels(server);
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => reject(explainListenError(error, options));
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      server.on('error', options.failed ?? (() => {}));
      const { port: taken } = server.address() as AddressInfo;
      resolve({ url: urlOf(host, taken), port: taken, server, close: () => closeAtOnce(server) });
    });
  });
}

function serverFor(handler: RequestListener, options: ListenOptions): Server {
  const { headersTimeoutMs = 5_000, requestTimeoutMs = 10_000, keepAliveTimeoutMs = 5_000 } = options;
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: OVERDUE_EVERY_MS,
  });
  const admission = new Admission(options.maxConnections ?? MAX_CONNECTIONS, handler);
  server.on('connection', (socket: Socket) => admission.enter(socket));
  server.on('request', (request, response) => admission.request(request, response));
  // a body is asked for once it is known whose it is
  server.on('checkContinue', (request, response) => admission.request(request, response));
  server.setTimeout(options.unreadTimeoutMs ?? 10_000, (socket: Socket) => admission.still(socket));
  return server;
}

function closeAtOnce(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Where it can be reached from this machine. */
export function urlOf(host: string, port: number, scheme: 'http' | 'https' = 'http'): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `${scheme}://${bracketed(reachable)}:${port}`;
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const REASONS: Readonly<Record<string, (settings: { host: string; port: string }) => string>> = {
  EADDRINUSE: ({ port }) => `the port is in use; set ${port} to another one, or to 0 for a free one`,
  EACCES: ({ port }) => `this user may not take that port; set ${port} to one above 1023`,
  EADDRNOTAVAIL: ({ host }) => `this machine does not have that address; set ${host} to one it has`,
  ENOTFOUND: ({ host }) => `that name is not known; set ${host} to an address of this machine`,
};

/** Why an address cannot be had, with the setting to change. */
export function explainListenError(
  error: NodeJS.ErrnoException,
  { host, port, settings = ADMIN_SETTINGS }: ListenOptions,
): Error {
  const reason = REASONS[error.code ?? '']?.(settings) ?? error.message;
  return new Error(`cannot listen on ${bracketed(host)}:${port}: ${reason}`, { cause: error });
}
