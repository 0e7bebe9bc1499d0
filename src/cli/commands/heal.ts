// showstopper heal: all clear.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions, releaseOption } from '../admin.ts';
import { endedWords } from '../ended-words.ts';
import { inWorld } from '../world-words.ts';

interface HealOptions extends ClientOptions {
  readonly release?: 'drop' | 'answer';
}

export function heal(command: Command): void {
  clientOptions(command)
    .addOption(releaseOption())
    .action(({ release, ...options }: HealOptions) =>
      callAndPrint(options, {
        ask: (client) => client.heal(release === undefined ? {} : { release }),
        show: (ended) => `All clear${inWorld(options)}: ${endedWords(ended)}`,
      }),
    );
}
