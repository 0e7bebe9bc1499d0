// A server with Prism before one of its listeners.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Document, documentOf, type Listener } from './documents.ts';
import { startPrism } from './prism.ts';

export interface Proxied {
  readonly server: RunningServer;
  readonly admin: AdminClient;
  readonly document: Document;
  /** Of Prism. */
  readonly url: string;
  /** Starts Prism once more, which holds the same to another document. */
  beforeAs(said: object): Promise<string>;
  stop(): Promise<void>;
}

export interface ProxiedOptions {
  readonly base?: string;
  readonly env?: Record<string, string>;
  readonly pageFolder?: string;
}

/** Starts a server and Prism before one of its listeners, or before what is at `base` there. */
export async function startProxied(
  listener: Listener,
  { base = '', env = {}, pageFolder }: ProxiedOptions = {},
): Promise<Proxied> {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-prism-'));
  const server = await startInProcess(env, { pageFolder });
  const document = await documentOf(server, listener);
  const stops: (() => Promise<unknown>)[] = [() => server.stop()];
  const open = async (said: object): Promise<string> => {
    const { url, stop } = await startPrism(said, server[listener] + base, folder);
    stops.push(stop);
    return url;
  };
  const url = await open(document);
  return {
    ...{ server, document, url },
    admin: createAdminClient({ url: server.admin }),
    beforeAs: open,
    async stop() {
      for (const stop of stops.reverse()) await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
