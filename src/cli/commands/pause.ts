// showstopper pause: stops the story clock; what is in force stays.
import type { Command } from 'commander';
import { type MoveOptions, moveOptions, movePlayback } from '../move-playback.ts';

export function pause(command: Command): void {
  moveOptions(command).action((options: MoveOptions) =>
    movePlayback(options, { move: (client, request) => client.pausePlayback(request), done: 'is paused' }),
  );
}
