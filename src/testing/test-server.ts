// The server that tests share: one that runs already, where the environment names it, else one in this process.
import { randomBytes } from 'node:crypto';
import { type NamedServer, serverNamedByEnvironment } from '../config/client-settings.ts';
import { type AdminClient, createAdminClient } from '../sdk/admin-client.ts';
import { AdminError, AdminUnreachable } from '../sdk/errors.ts';
import { start } from '../server/start.ts';
import type { Title } from './names.ts';
import { DEFAULT_WORLD, type TestOptions, type UpstreamOptions } from './options.ts';
import { openWorld, type TestWorld } from './test-world.ts';

export interface TestServer {
  open(title: Title, options?: UpstreamOptions): Promise<TestWorld>;
  /** Ends the worlds that are still open, and the server if it runs in this process. */
  close(): Promise<void>;
}

/** Of the suffix that tells one run's worlds from another's. */
const SUFFIX_BYTES = 4;

interface Reached {
  readonly admin: AdminClient;
  readonly upstream: string;
  readonly reachable: (url: string) => string;
  stop(): Promise<void>;
}

/** Starts or finds it; `defaults` are what each world begins with, unless its test says otherwise. */
export async function startTestServer(
  { server, ...defaults }: TestOptions = {},
  named: NamedServer | undefined = serverNamedByEnvironment(),
): Promise<TestServer> {
  const { admin, upstream, reachable, stop } = await (named ? found(named, server) : started(server));
  const open = new Set<TestWorld>();
  const inUse = new Set<string>();
  return {
    async open(title, options = {}) {
      const asked = { ...defaults, ...options };
      const release = claimShared(inUse, asked);
      const suffix = randomBytes(SUFFIX_BYTES).toString('hex');
      try {
        const world = await openWorld(title, asked, { admin, upstream, reachable, suffix });
        open.add(world);
        const close = async (): Promise<void> => {
          open.delete(world);
          await world.close().finally(release);
        };
        return { ...world, close };
      } catch (error) {
        release();
        throw error;
      }
    },
    async close() {
      await Promise.allSettled([...open].map((world) => world.close()));
      await stop();
    },
  };
}

/** Throws for a shared world that another test is in: they would see each other's faults and seats. */
function claimShared(inUse: Set<string>, { world }: UpstreamOptions): () => void {
  if (world === undefined) return () => {};
  if (inUse.has(world))
    throw new Error(
      `the shared world ${world} is in use by another test; tests in it run one after another, so without concurrency`,
    );
  inUse.add(world);
  let isHeld = true; // a test that closes twice must not end the turn of the next
  return () => {
    if (isHeld) inUse.delete(world);
    isHeld = false;
  };
}

async function started(options: TestOptions['server']): Promise<Reached> {
  const { upstream, admin: url, stop } = await start({ catalog: DEFAULT_WORLD.catalog, ...options });
  return { admin: createAdminClient({ url }), upstream, reachable: (door) => door, stop };
}

async function found({ adminUrl, token, upstreamUrl }: NamedServer, server: TestOptions['server']): Promise<Reached> {
  if (server !== undefined)
    throw new Error(
      `the option server is for a server in this process, and SHOWSTOPPER_ADMIN_URL names one that runs at ${adminUrl}; unset one of them`,
    );
  const admin = createAdminClient({ url: adminUrl, token });
  const reachable = (url: string): string => atHostOf(upstreamUrl ?? adminUrl, url);
  return {
    admin,
    upstream: upstreamUrl ?? reachable(await upstreamOf(admin, adminUrl)),
    reachable,
    stop: async () => {},
  };
}

async function upstreamOf(admin: AdminClient, adminUrl: string): Promise<string> {
  try {
    const worlds = await admin.worlds();
    return worlds.find(({ path }) => path === '')?.upstream ?? adminUrl;
  } catch (error) {
    if (error instanceof AdminError && error.status === 401)
      throw new Error(
        `the server at ${adminUrl}, which SHOWSTOPPER_ADMIN_URL names, does not take the token of SHOWSTOPPER_ADMIN_TOKEN, or none is set: ${error.message}`,
        { cause: error },
      );
    if (!(error instanceof AdminUnreachable)) throw error;
    throw new Error(
      `${error.message}. SHOWSTOPPER_ADMIN_URL says that one runs there: start it, or unset the variable, and the tests start their own`,
      { cause: error },
    );
  }
}

/** What a server says of itself has its own host: in a container another than the one it is reached by. */
function atHostOf(reached: string, url: string): string {
  const there = new URL(url);
  there.hostname = new URL(reached).hostname;
  return there.href.replace(/\/$/, '');
}
