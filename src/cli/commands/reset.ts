// showstopper reset: heals, then starts over with a fresh box office.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions, numberOption, partOptions } from '../admin.ts';
import { endedWords } from '../ended-words.ts';
import { inWorld } from '../world-words.ts';

interface ResetOptions extends ClientOptions {
  readonly catalog?: string;
  readonly seed?: number;
}

export function reset(command: Command): void {
  clientOptions(command)
    .option('--catalog <NAME|FILE>', 'what is on sale from now on; default as before')
    .option('--seed <N>', 'seed from now on; default as before', numberOption('--seed'))
    .action((options: ResetOptions) => {
      const { client: asked, own: request } = partOptions(options);
      return callAndPrint(asked, {
        ask: (client) => client.reset(request),
        show: (ended) => `A fresh start${inWorld(asked)}: ${endedWords(ended)}`,
      });
    });
}
