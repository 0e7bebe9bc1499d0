// What pause, resume, seek and stop share: they ask what is played before they touch it, so that none makes a world by a mistyped name.
import type { Command } from 'commander';
import type { Playback } from '../admin/contract/playback.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { type ClientOptions, callAndPrint, clientOptions } from './admin.ts';
import { EXIT, Failure } from './exit-status.ts';
import { nextWords } from './playback-words.ts';
import { inWorld, worldFlag } from './world-words.ts';

export interface MoveOptions extends ClientOptions {
  readonly by?: string;
}

export interface Move {
  move(client: AdminClient, request: { readonly by?: string }): Promise<Playback>;
  /** As in `fajr-1399 {is paused}`. */
  readonly done: string;
}

export const moveOptions = (command: Command): Command =>
  clientOptions(command).option('--by <NAME>', 'who does this, for the record');

/** Ends with bad input when nothing is played. */
export function movePlayback({ by, ...asked }: MoveOptions, { move, done }: Move): Promise<void> {
  return callAndPrint(asked, {
    async ask(client) {
      const { status } = await client.playback();
      if (status === 'ended')
        throw new Failure(
          EXIT.badInput,
          `nothing is played now${inWorld(asked)}; showstopper play SCENARIO${worldFlag(asked)}`,
        );
      return move(client, by === undefined ? {} : { by });
    },
    show: (playback) => movedWords(playback, done, asked),
  });
}

function movedWords(
  { scenario, status, storyTime, endsAt, next }: Playback,
  done: string,
  asked: ClientOptions,
): string {
  const to = status === 'ended' || next === null ? '' : ` Next: ${nextWords(next)}`;
  return `${scenario} ${done}${inWorld(asked)}, at ${storyTime} of ${endsAt}.${to}`;
}
