// showstopper status: how a world stands, on one screen.
import type { Command } from 'commander';
import type { AdminClient } from '../../sdk/admin-client.ts';
import { AdminError } from '../../sdk/errors.ts';
import { type ClientOptions, callAndPrint, clientOptions } from '../admin.ts';
import { type Standing, statusWords } from '../status-words.ts';

export function status(command: Command): void {
  clientOptions(command).action((options: ClientOptions) =>
    callAndPrint(options, {
      ask: async (client): Promise<Standing> => ({ state: await client.state(), rehearsal: await running(client) }),
      show: statusWords,
    }),
  );
}

/** Null when none runs. */
async function running(client: AdminClient): Promise<Standing['rehearsal']> {
  try {
    return await client.rehearsal();
  } catch (error) {
    if (error instanceof AdminError && error.problem.code === 'not_found') return null;
    throw error;
  }
}
