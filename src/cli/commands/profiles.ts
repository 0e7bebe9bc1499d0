// showstopper profiles: what can be put in force, and what is.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions } from '../admin.ts';
import { table } from '../table.ts';

export function profiles(command: Command): void {
  clientOptions(command).action((options: ClientOptions) =>
    callAndPrint(options, {
      ask: (client) => client.profiles(),
      show: (lines) =>
        table(
          ['PROFILE', 'IN FORCE AS', 'WHAT A SELLER WILL SEE'],
          lines.map(({ name, activations, summary }) => [
            name,
            activations.join(', ') || '-',
            summary ?? 'its file has mistakes',
          ]),
        ),
    }),
  );
}
