// A whole server for tests of worlds with doors of their own, and what they ask of it.

import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { plainAdmin, type Told } from '../support/plain-admin.ts';
import { startInProcess } from '../support/run-server.ts';

export interface OwnDoors {
  readonly upstream: string;
  /** Asks admin, with a path as `/w/edge/v1/state`. */
  admin(method: string, path: string, json?: object): Promise<Told>;
  /** Declares a world with a door of its own; gives the door's URL. */
  declare(world: string, door?: true | number): Promise<string>;
}

export async function openServer(env: Record<string, string> = {}): Promise<OwnDoors> {
  const server = await startInProcess(env);
  onTestFinished(() => server.stop());
  const admin = plainAdmin(server.admin);
  return {
    upstream: server.upstream,
    admin,
    async declare(world, door = true) {
      const { status, body } = await admin('PUT', `/v1/worlds/${world}`, { door });
      expect([status, body.upstream], JSON.stringify(body)).toEqual([201, expect.stringMatching(/^http:/)]);
      return body.upstream;
    },
  };
}

export const portOf = (url: string): number => Number(new URL(url).port);

/** On a connection of its own; 0 when it was refused. */
export const statusAt = (url: string, path = '/v1/health'): Promise<number> =>
  plainAdmin(url)('GET', path).then(
    ({ status }) => status,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return 0;
      throw error;
    },
  );

/** Somebody else on a port. */
export async function takePort(port = 0): Promise<Server> {
  const thief = createServer().listen(port, '127.0.0.1');
  await once(thief, 'listening');
  return thief;
}

export const letGo = (thief: Server): Promise<unknown> => new Promise((resolve) => thief.close(resolve));
