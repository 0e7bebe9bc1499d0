// showstopper scenarios: what can be played.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions } from '../admin.ts';
import { lastedWords } from '../playback-words.ts';
import { table } from '../table.ts';

export function scenarios(command: Command): void {
  clientOptions(command).action((options: ClientOptions) =>
    callAndPrint(options, {
      ask: (client) => client.scenarios(),
      show: (lines) =>
        table(
          ['SCENARIO', 'STARTS', 'LASTS', 'WHAT A SELLER WILL LIVE THROUGH'],
          lines.map(({ name, starts, lastsMs, summary }) => [
            name,
            starts ?? '-',
            lastedWords(lastsMs),
            summary ?? 'its file has mistakes',
          ]),
        ),
    }),
  );
}
