// showstopper on: puts a profile in force, for whom and as long as asked.
import { type Command, Option } from 'commander';
import type { ActivateBody, Activated } from '../../admin/contract/contract.ts';
import { counted } from '../../base/counted.ts';
import { type ClientOptions, callAndPrint, clientOptions, namesOption, numberOption, partOptions } from '../admin.ts';
import { excludedWords, shownAsWords } from '../named-words.ts';
import { inWorld, worldFlag } from '../world-words.ts';

interface OnOptions extends ClientOptions {
  readonly as?: string;
  readonly ttl?: string;
  readonly share?: number;
  readonly clients?: string[];
  readonly operations?: string[];
  readonly doors?: string[];
  readonly connections?: 'new' | 'all' | 'sever';
  readonly by?: string;
  readonly note?: string;
}

export function on(command: Command): void {
  clientOptions(command)
    .argument('<PROFILE>', 'see `showstopper profiles`')
    .option('--as <NAME>', 'name of the activation; default the profile')
    .option('--ttl <DURATION>', 'ends by itself after this, as 90s or 5m')
    .option('--share <0..1>', "strikes this share of requests, instead of each rule's own", numberOption('--share'))
    .option('--clients <NAMES>', 'strikes only these sellers, each by name or by key', namesOption)
    .option('--operations <NAMES>', 'strikes only these operations', namesOption)
    .option('--doors <NAMES>', 'strikes only at these upstream ports', namesOption)
    .addOption(
      new Option(
        '--connections <WHICH>',
        'those that live already: new spares them, all strikes them too, sever cuts them; default as each kind says',
      ).choices(['new', 'all', 'sever']),
    )
    .option('--by <NAME>', 'who does this, for the record')
    .option('--note <TEXT>', 'why, for the record')
    .action((profile: string, options: OnOptions) => {
      const { client: asked, own } = partOptions(options);
      return callAndPrint(asked, {
        ask: (client) => client.activate(profile, requestOf(own)),
        show: (activated) => onWords(profile, activated, asked),
      });
    });
}

function requestOf({ clients, operations, doors, ...rest }: Omit<OnOptions, keyof ClientOptions>): ActivateBody {
  if (!clients && !operations && !doors) return rest;
  const match = { ...(clients && { clients }), ...(operations && { operations }), ...(doors && { doors }) };
  return { ...rest, match };
}

function onWords(profile: string, activated: Activated, asked: ClientOptions): string {
  const { activation, expiresAt, rules, living, shownAs, excluded } = activated;
  const until = expiresAt === null ? 'until it is ended' : `until ${expiresAt}`;
  const end = `It ends with: showstopper off ${profile}${worldFlag(asked)}`;
  const on = `${activation} is on${inWorld(asked)}: ${counted(rules.length, 'rule')}, ${until}. ${end}`;
  return [on, ...shownAsWords(shownAs), ...excludedWords(excluded), ...livingWords(living)].join('\n');
}

/** Nothing, unless some were cut or spared. */
function livingWords({ severed, hint }: Activated['living']): string[] {
  const cut = severed > 0 ? [`${counted(severed, 'connection')} cut.`] : [];
  return hint === null ? cut : [...cut, hint];
}
