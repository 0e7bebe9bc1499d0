// The world of one test: opened before it, told of when it fails, and gone after it.
import type { World } from '../admin/contract/worlds.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { unlessGone } from '../sdk/scopes.ts';
import { lastExchanges } from './last-exchanges.ts';
import { beginShared, endShared } from './named-world.ts';
import { derivedNames, type Title, worldName } from './names.ts';
import { type UpstreamOptions, worldBody } from './options.ts';
import { createUpstream, type Upstream } from './upstream.ts';
import { WorldLifetime } from './world-lifetime.ts';

export interface TestWorld {
  readonly upstream: Upstream;
  /** For the message of the test when it has failed. Never rejects. */
  told(): Promise<string>;
  /** Ends what the test turned on, and deletes the world; one that is shared begins anew. */
  close(): Promise<void>;
}

export interface WorldParts {
  /** Of the process. */
  readonly admin: AdminClient;
  /** Where the server is reached, for a world without a door of its own: its URL, without a slash at its end. */
  readonly upstream: string;
  /** As one from here has to call it. */
  readonly reachable: (url: string) => string;
  readonly suffix: string;
}

export async function openWorld(title: Title, options: UpstreamOptions, parts: WorldParts): Promise<TestWorld> {
  const { admin: ofProcess } = parts;
  const shared = options.world;
  const name = shared ?? worldName(title, parts.suffix);
  const admin = ofProcess.world(name);
  const world =
    shared === undefined
      ? await ofProcess.putWorld(name, worldBody(options))
      : await beginShared(ofProcess, shared, options);
  const startedAtMs = Date.parse(world.startedAt);
  const lifetime = new WorldLifetime(title.full);
  const turnedOn: string[] = [];
  const upstream = createUpstream({
    ...{ url: urlOf(world, options, parts), world: name, admin, lifetime, startedAtMs },
    names: derivedNames(title),
    key: options.key,
    turnedOn: (what) => turnedOn.push(what),
  });
  return {
    upstream,
    told: () => lastExchanges({ admin, world: name, startedAtMs, turnedOn }),
    async close() {
      if (lifetime.ended) return;
      lifetime.ended = true;
      if (shared === undefined) await ofProcess.deleteWorld(name).catch(unlessGone);
      else await endShared(admin, { test: title.full, world: name, turnedOn });
    },
  };
}

function urlOf({ upstream, path }: World, { door }: UpstreamOptions, parts: WorldParts): string {
  return door !== undefined && upstream !== undefined ? parts.reachable(upstream) : `${parts.upstream}${path}`;
}
