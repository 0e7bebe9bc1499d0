// showstopper off: ends a profile, wherever it is in force.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions, releaseOption } from '../admin.ts';
import { endedWords } from '../ended-words.ts';
import { inWorld } from '../world-words.ts';

interface OffOptions extends ClientOptions {
  readonly release?: 'drop' | 'answer';
}

export function off(command: Command): void {
  clientOptions(command)
    .argument('<PROFILE>', 'ends all its activations')
    .addOption(releaseOption())
    .action((profile: string, { release, ...options }: OffOptions) =>
      callAndPrint(options, {
        ask: (client) => client.deactivate(profile, release === undefined ? {} : { release }),
        show: (ended) => `${profile} is off${inWorld(options)}: ${endedWords(ended)}`,
      }),
    );
}
