// showstopper off: ends a profile, wherever it is in force.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions } from '../admin.ts';
import { endedWords } from '../ended-words.ts';

export function off(command: Command): void {
  clientOptions(command)
    .argument('<PROFILE>', 'ends all its activations')
    .action((profile: string, options: ClientOptions) =>
      callAndPrint(options, {
        ask: (client) => client.deactivate(profile),
        show: (ended) => `${profile} is off: ${endedWords(ended)}`,
      }),
    );
}
