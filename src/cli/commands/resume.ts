// showstopper resume: lets a paused story go on.
import type { Command } from 'commander';
import { type MoveOptions, moveOptions, movePlayback } from '../move-playback.ts';

export function resume(command: Command): void {
  moveOptions(command).action((options: MoveOptions) =>
    movePlayback(options, { move: (client, request) => client.resumePlayback(request), done: 'goes on' }),
  );
}
