// showstopper on: puts a profile in force, for whom and as long as asked.
import type { Command } from 'commander';
import { type ClientOptions, callAndPrint, clientOptions, namesOption, numberOption } from '../admin.ts';
import { counted } from '../table.ts';

interface OnOptions extends ClientOptions {
  readonly as?: string;
  readonly ttl?: string;
  readonly share?: number;
  readonly clients?: string[];
  readonly operations?: string[];
  readonly by?: string;
  readonly note?: string;
}

export function on(command: Command): void {
  clientOptions(command)
    .argument('<PROFILE>', 'see `showstopper profiles`')
    .option('--as <NAME>', 'name of the activation; default the profile')
    .option('--ttl <DURATION>', 'ends by itself after this, as 90s or 5m')
    .option('--share <0..1>', "strikes this share of requests, instead of each rule's own", numberOption('--share'))
    .option('--clients <NAMES>', 'strikes only these sellers', namesOption)
    .option('--operations <NAMES>', 'strikes only these operations', namesOption)
    .option('--by <NAME>', 'who does this, for the record')
    .option('--note <TEXT>', 'why, for the record')
    .action((profile: string, { admin, json, clients, operations, ...rest }: OnOptions) =>
      callAndPrint(
        { ...(admin !== undefined && { admin }), ...(json && { json }) },
        {
          ask: (client) =>
            client.activate(profile, {
              ...rest,
              ...((clients || operations) && {
                match: { ...(clients && { clients }), ...(operations && { operations }) },
              }),
            }),
          show: ({ activation, expiresAt, rules }) => {
            const until = expiresAt === null ? 'until it is ended' : `until ${expiresAt}`;
            return `${activation} is on: ${counted(rules.length, 'rule')}, ${until}. It ends with: showstopper off ${profile}`;
          },
        },
      ),
    );
}
