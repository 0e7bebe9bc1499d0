// showstopper play: plays a scenario, and tells it on the terminal while it runs.
import type { Command } from 'commander';
import { sleep, systemClock } from '../../base/clock.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import { AdminError } from '../../sdk/admin-request.ts';
import { type ClientOptions, clientOptions, numberOption, withAdmin } from '../admin.ts';
import { type Follower, followPlay } from '../follow-play.ts';
import { lastedWords, type Observed } from '../playback-words.ts';
import { EXIT, Failure } from '../verdict.ts';

interface PlayOptions extends ClientOptions {
  readonly speed?: string;
  readonly seed?: number;
  readonly from?: string;
  readonly untilEnd?: true;
  readonly by?: string;
}

export function play(command: Command): void {
  clientOptions(command)
    .argument('<SCENARIO>', 'see `showstopper scenarios`')
    .option('--speed <N>', 'story seconds per real second, as 60x; default 1x')
    .option('--seed <N>', "in the place of the world's", numberOption('--seed'))
    .option('--from <TIME>', 'begins at this story time, as 14:50 or 20m')
    .option('--until-end', 'waits for the end: 0 when it was played to its end and every cue was done, else 1')
    .option('--by <NAME>', 'who does this, for the record')
    .addHelpText('after', '\nOn a terminal it is followed to its end. Ctrl-C leaves it playing on the server.')
    .action((scenario: string, options: PlayOptions) => withAdmin(options, (client) => run(client, scenario, options)));
}

async function run(client: AdminClient, scenario: string, options: PlayOptions): Promise<void> {
  const { json, untilEnd, admin: _, ...request } = options;
  const begun = await client.playScenario(scenario, request);
  const follows = untilEnd === true || (process.stdout.isTTY && !json);
  if (!follows) return print(json ? asJson(begun) : begunWords(scenario, begun));
  if (!json) print(begunWords(scenario, begun));
  const ended = await followPlay(follower(client, json === true), begun);
  if (json) print(asJson(ended));
  if (!untilEnd) return;
  if (ended.scenario !== begun.scenario || ended.storyMs < begun.endsMs)
    throw new Failure(EXIT.verdictFailed, `${scenario} was stopped at ${ended.storyTime}, before its end`);
  if (ended.failures > 0) throw new Failure(EXIT.verdictFailed, `${scenario} had cues that could not be done`);
}

type Begun = Awaited<ReturnType<AdminClient['playScenario']>>;

function begunWords(scenario: string, { storyTime, endsAt, storyMs, endsMs, speed, sealed }: Begun): string {
  const real = lastedWords((endsMs - storyMs) / speed);
  const seal = sealed ? ` Sealed: ${sealed.sha256}.` : '';
  return `${scenario} plays from ${storyTime} to ${endsAt}, in ${real} at ${speed}x.${seal} It is stopped by: showstopper heal`;
}

const follower = (client: AdminClient, quiet: boolean): Follower => ({
  playback: () => client.playback(),
  state: () => client.state(),
  observed: () => observedBy(client),
  wait: (ms) => sleep(systemClock, ms),
  say: quiet ? () => {} : print,
  ...(process.stdout.isTTY && !quiet && { live: (line: string) => process.stdout.write(`\r\u001B[K${line}`) }),
  columns: process.stdout.columns,
});

/** Undefined from a server that has no capacity model, or none in force. */
async function observedBy(client: AdminClient): Promise<Observed | undefined> {
  try {
    return (await client.capacity()).observed ?? undefined;
  } catch (error) {
    if (error instanceof AdminError && error.status === 404) return undefined;
    throw error;
  }
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const asJson = (value: object): string => JSON.stringify(value, null, 2);
