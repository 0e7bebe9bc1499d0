// Follows a playback for whoever looks: on a terminal beside the screen of its world, elsewhere line by line.
import type { Playback } from '../admin/contract/playback.ts';
import { sleep, systemClock } from '../base/clock.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { AdminError } from '../sdk/errors.ts';
import { type Followed, type Follower, followPlay } from './follow-play.ts';
import type { Observed } from './playback-words.ts';
import { harmless, print } from './terminal.ts';
import type { ToldEvent } from './told-event.ts';
import { type Beside, watchBeside } from './watch/beside.ts';

export interface Following {
  readonly client: AdminClient;
  /** From before the playback began. */
  readonly events: AsyncIterable<ToldEvent>;
  readonly begun: Playback;
  /** Nothing is told of it. */
  readonly isQuiet: boolean;
  /** What Ctrl-C does, once the terminal is given back. */
  leave(): void;
}

export async function followOnTerminal(following: Following): Promise<Followed> {
  const { client, begun, isQuiet, leave } = following;
  let beside: Beside | undefined;
  const giveBack = (): void => {
    for (const line of beside?.close() ?? []) print(line);
    beside = undefined;
  };
  const interrupt = (): void => {
    giveBack();
    leave();
  };
  process.once('SIGINT', interrupt);
  try {
    if (!isQuiet) beside = await watchBeside(client, { tellsCues: true, onInterrupt: interrupt });
    if (beside) process.off('SIGINT', interrupt);
    return await followPlay(followerOf(following, beside), begun);
  } finally {
    giveBack();
  }
}

function followerOf({ client, events, isQuiet }: Following, beside: Beside | undefined): Follower {
  const asked = {
    events,
    state: () => client.state(),
    observed: () => observedBy(client),
    wait: (ms: number) => sleep(systemClock, ms),
    columns: process.stdout.columns,
  };
  if (beside)
    return {
      ...asked,
      say: (line) => beside.say(line),
      async playback() {
        const playback = await client.playback();
        beside.story(playback);
        return playback;
      },
    };
  const isLive = process.stdout.isTTY && !isQuiet;
  return {
    ...asked,
    playback: () => client.playback(),
    say: isQuiet ? () => {} : print,
    ...(isLive && { live: (line: string) => process.stdout.write(`\r\u001B[K${harmless(line)}`) }),
  };
}

/** Undefined from a server that has no capacity model, or none in force. */
async function observedBy(client: AdminClient): Promise<Observed | undefined> {
  try {
    return (await client.capacity()).observed ?? undefined;
  } catch (error) {
    if (error instanceof AdminError && error.status === 404) return undefined;
    throw error;
  }
}
