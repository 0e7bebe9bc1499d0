// showstopper play: plays a scenario, or follows the one that is played, and tells it on the terminal.
import type { Command } from 'commander';
import { systemClock } from '../../base/clock.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import { AdminError } from '../../sdk/errors.ts';
import { type ClientOptions, clientOptions, numberOption, partOptions, withAdmin } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { followOnTerminal } from '../follow-on-terminal.ts';
import type { Followed } from '../follow-play.ts';
import { type Counters, requestsIn, summaryWords } from '../play-summary.ts';
import { barredWords, lastedWords } from '../playback-words.ts';
import { print } from '../terminal.ts';
import { inWorld, worldFlag } from '../world-words.ts';

interface PlayOptions extends ClientOptions {
  readonly speed?: string;
  readonly seed?: number;
  readonly from?: string;
  readonly attach?: true;
  readonly untilEnd?: true;
  readonly by?: string;
}

/** Also one that others have begun, of which nobody knows any more what cannot act. */
type Begun = Awaited<ReturnType<AdminClient['playback']>> &
  Partial<Pick<Awaited<ReturnType<AdminClient['playScenario']>>, 'cannotAct'>>;

/** As a shell tells a command that Ctrl-C has ended. */
const INTERRUPTED = 130;
const attachCommand = (asked: ClientOptions): string => `showstopper play --attach${worldFlag(asked)}`;
const healCommand = (asked: ClientOptions): string => `showstopper heal${worldFlag(asked)}`;

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
      `\nOn a terminal it is followed to its end. Ctrl-C leaves it playing; ${attachCommand({})} comes back.`,
    )
    .action((scenario: string | undefined, options: PlayOptions) =>
      withAdmin(options, (client) => run(client, scenario, options)),
    );
}

async function run(client: AdminClient, scenario: string | undefined, options: PlayOptions): Promise<void> {
  const { json = false, untilEnd = false, attach = false } = options;
  if (!attach && !untilEnd && (!process.stdout.isTTY || json)) {
    const begun = await begin(client, scenario, options);
    return print(json ? asJson(begun) : begunWords(begun, options));
  }
  const leaving = new AbortController();
  try {
    const waiting = attach || (await isThere(client)) ? undefined : await begin(client, scenario, options, PAUSED);
    const events = await client.events(leaving.signal); // before the playback begins, so that none of its cues is missed
    const before = await countersOf(client);
    const startedMs = systemClock.ticks();
    const begun = waiting
      ? { ...(await client.resumePlayback()), cannotAct: waiting.cannotAct }
      : await begin(client, scenario, options);
    if (!json) print(attach ? attachedWords(begun, options) : begunWords(begun, options));
    const leave = (): void => leaveInterrupted(options);
    const followed = await followOnTerminal({ client, events, begun, leave, isQuiet: json });
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

const PAUSED = { paused: true } as const;

async function begin(
  client: AdminClient,
  scenario: string | undefined,
  options: PlayOptions,
  how: Partial<typeof PAUSED> = {},
): Promise<Begun> {
  const { untilEnd: _, attach, ...request } = partOptions(options).own;
  if (attach) return standing(client, scenario);
  if (scenario === undefined) throw new Failure(EXIT.badInput, 'which SCENARIO? See: showstopper scenarios');
  try {
    return await client.playScenario(scenario, { ...request, ...how });
  } catch (error) {
    if (!(error instanceof AdminError) || error.problem.code !== 'conflict') throw error;
    if ((await client.playback()).status === 'ended') throw error; // a rehearsal keeps it from being played
    throw new Failure(EXIT.badInput, `${error.detail}, or follow it with: ${attachCommand(options)}`);
  }
}

/** A world is made by a playback that begins there, and only then has events to read: so it waits for these. */
async function isThere(client: AdminClient): Promise<boolean> {
  try {
    await client.playback();
    return true;
  } catch (error) {
    if (!(error instanceof AdminError) || error.problem.code !== 'world_unknown') throw error;
    return false;
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

function begunWords(begun: Begun, asked: ClientOptions): string {
  const { scenario, storyTime, endsAt, storyMs, endsMs, speed, sealed, cannotAct = [] } = begun;
  const real = lastedWords((endsMs - storyMs) / speed);
  const seal = sealed ? ` Sealed: ${sealed.sha256}.` : '';
  const plays = `${scenario} plays${inWorld(asked)} from ${storyTime} to ${endsAt}, in ${real} at ${speed}x.`;
  const begins = `${plays}${seal} It is stopped by: ${healCommand(asked)}`;
  return [begins, ...barredWords(cannotAct)].join('\n');
}

function attachedWords(begun: Begun, asked: ClientOptions): string {
  const { scenario, status, storyTime, endsAt, speed, note } = begun;
  return [
    `${scenario} is ${status}${inWorld(asked)} at ${storyTime} of ${endsAt}, at ${speed}x.`,
    ...(note ? [note] : []),
  ].join('\n');
}

function leaveInterrupted(asked: ClientOptions): never {
  process.stderr.write(
    `\nIt goes on at the server. To follow it again: ${attachCommand(asked)}; to end it: ${healCommand(asked)}\n`,
  );
  process.exit(INTERRUPTED);
}

const countersOf = async (client: AdminClient): Promise<Counters> => {
  const [metrics, state] = await Promise.all([client.metrics(), client.state()]);
  // requests are counted for the whole process
  const ofWorlds = state.world !== 'default';
  return { requests: ofWorlds ? undefined : requestsIn(metrics), seatsSold: state.boxOffice.sold };
};

const asJson = (value: object): string => JSON.stringify(value, null, 2);
