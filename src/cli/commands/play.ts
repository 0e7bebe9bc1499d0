// showstopper play: plays a scenario, or follows the one that is played, and tells it on the terminal.
import type { Command } from 'commander';
import { sleep, systemClock } from '../../base/clock.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import { AdminError } from '../../sdk/admin-request.ts';
import type { AdminEvent } from '../../sdk/event-stream.ts';
import { type ClientOptions, clientOptions, numberOption, withAdmin } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { type Followed, type Follower, followPlay } from '../follow-play.ts';
import { type Counters, requestsIn, summaryWords } from '../play-summary.ts';
import { lastedWords, type Observed } from '../playback-words.ts';
import { harmless, print } from '../terminal.ts';

interface PlayOptions extends ClientOptions {
  readonly speed?: string;
  readonly seed?: number;
  readonly from?: string;
  readonly attach?: true;
  readonly untilEnd?: true;
  readonly by?: string;
}

type Begun = Awaited<ReturnType<AdminClient['playScenario']>>;

/** As a shell tells a command that Ctrl-C has ended. */
const INTERRUPTED = 130;
const ATTACH_COMMAND = 'showstopper play --attach';

export function play(command: Command): void {
  clientOptions(command)
    .argument('[SCENARIO]', 'see `showstopper scenarios`; may be left out with --attach')
    .option('--speed <N>', 'story seconds per real second, as 60x; default 1x')
    .option('--seed <N>', "in the place of the world's", numberOption('--seed'))
    .option('--from <TIME>', 'begins at this story time, as 14:50 or 20m')
    .option('--attach', 'begins nothing, and follows what is played already')
    .option('--until-end', 'waits for the end: 0 when it was played to its end and every cue was done, else 1')
    .option('--by <NAME>', 'who does this, for the record')
    .addHelpText(
      'after',
      `\nOn a terminal it is followed to its end. Ctrl-C leaves it playing; ${ATTACH_COMMAND} comes back.`,
    )
    .action((scenario: string | undefined, options: PlayOptions) =>
      withAdmin(options, (client) => run(client, scenario, options)),
    );
}

async function run(client: AdminClient, scenario: string | undefined, options: PlayOptions): Promise<void> {
  const { json = false, untilEnd = false, attach = false } = options;
  if (!attach && !untilEnd && (!process.stdout.isTTY || json)) {
    const begun = await begin(client, scenario, options);
    return print(json ? asJson(begun) : begunWords(begun));
  }
  const leaving = new AbortController();
  try {
    const events = await client.events(leaving.signal); // before the playback begins, so that none of its cues is missed
    const before = await countersOf(client);
    const startedMs = systemClock.ticks();
    const begun = await begin(client, scenario, options);
    if (!json) print(attach ? attachedWords(begun) : begunWords(begun));
    leaveOnInterrupt();
    const followed = await followPlay(follower(client, events, json), begun);
    const after = await countersOf(client);
    const { playback, cues } = followed;
    const name = begun.scenario ?? '';
    const lastedMs = systemClock.ticks() - startedMs;
    print(json ? asJson(playback) : summaryWords({ name, playback, lastedMs, cues, before, after }));
    if (untilEnd) judge(begun, followed);
  } finally {
    leaving.abort();
  }
}

async function begin(client: AdminClient, scenario: string | undefined, options: PlayOptions): Promise<Begun> {
  const { json: _, untilEnd: __, admin: ___, attach, ...request } = options;
  if (attach) return standing(client, scenario);
  if (scenario === undefined) throw new Failure(EXIT.badInput, 'which SCENARIO? See: showstopper scenarios');
  try {
    return await client.playScenario(scenario, request);
  } catch (error) {
    if (!(error instanceof AdminError) || error.problem.code !== 'conflict') throw error;
    throw new Failure(EXIT.badInput, `${error.message}, or follow it with: ${ATTACH_COMMAND}`);
  }
}

/** The playback that is under way. */
async function standing(client: AdminClient, scenario: string | undefined): Promise<Begun> {
  const playback = await client.playback();
  if (playback.status === 'ended') throw new Failure(EXIT.badInput, 'nothing is played now; showstopper play SCENARIO');
  if (scenario !== undefined && playback.scenario !== scenario)
    throw new Failure(EXIT.badInput, `it is ${playback.scenario} that is played now, not ${scenario}`);
  return playback;
}

function judge(begun: Begun, { playback }: Followed): void {
  const { scenario } = begun;
  if (playback.scenario !== scenario || playback.storyMs < begun.endsMs)
    throw new Failure(EXIT.verdictFailed, `${scenario} was stopped at ${playback.storyTime}, before its end`);
  if (playback.failures > 0) throw new Failure(EXIT.verdictFailed, `${scenario} had cues that could not be done`);
}

function begunWords({ scenario, storyTime, endsAt, storyMs, endsMs, speed, sealed }: Begun): string {
  const real = lastedWords((endsMs - storyMs) / speed);
  const seal = sealed ? ` Sealed: ${sealed.sha256}.` : '';
  return `${scenario} plays from ${storyTime} to ${endsAt}, in ${real} at ${speed}x.${seal} It is stopped by: showstopper heal`;
}

function attachedWords({ scenario, status, storyTime, endsAt, speed, note }: Begun): string {
  return [`${scenario} is ${status} at ${storyTime} of ${endsAt}, at ${speed}x.`, ...(note ? [note] : [])].join('\n');
}

function leaveOnInterrupt(): void {
  process.once('SIGINT', () => {
    process.stderr.write(
      `\nIt goes on at the server. To follow it again: ${ATTACH_COMMAND}; to end it: showstopper heal\n`,
    );
    process.exit(INTERRUPTED);
  });
}

const follower = (client: AdminClient, events: AsyncIterable<AdminEvent>, quiet: boolean): Follower => ({
  events,
  playback: () => client.playback(),
  state: () => client.state(),
  observed: () => observedBy(client),
  wait: (ms) => sleep(systemClock, ms),
  say: quiet ? () => {} : print,
  ...(process.stdout.isTTY &&
    !quiet && { live: (line: string) => process.stdout.write(`\r\u001B[K${harmless(line)}`) }),
  columns: process.stdout.columns,
});

const countersOf = async (client: AdminClient): Promise<Counters> => {
  const [metrics, state] = await Promise.all([client.metrics(), client.state()]);
  return { requests: requestsIn(metrics), seatsSold: state.boxOffice.sold };
};

/** Undefined from a server that has no capacity model, or none in force. */
async function observedBy(client: AdminClient): Promise<Observed | undefined> {
  try {
    return (await client.capacity()).observed ?? undefined;
  } catch (error) {
    if (error instanceof AdminError && error.status === 404) return undefined;
    throw error;
  }
}

const asJson = (value: object): string => JSON.stringify(value, null, 2);
