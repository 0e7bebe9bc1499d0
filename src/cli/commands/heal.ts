// showstopper heal: all clear.
import { type Command, Option } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions } from '../admin.ts';
import { endedWords } from '../ended-words.ts';

interface HealOptions extends ClientOptions {
  readonly release?: 'drop' | 'answer';
}

export function heal(command: Command): void {
  clientOptions(command)
    .addOption(
      new Option('--release <HOW>', 'held requests: drop resets them, answer does their work').choices([
        'drop',
        'answer',
      ]),
    )
    .action(({ release, ...options }: HealOptions) =>
      callAndPrint(options, {
        ask: (client) => client.heal(release === undefined ? {} : { release }),
        show: (ended) => `All clear: ${endedWords(ended)}`,
      }),
    );
}
