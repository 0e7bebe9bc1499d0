// showstopper stop: ends a playback, and undoes what its cues changed.
import type { Command } from 'commander';
import { type MoveOptions, moveOptions, movePlayback } from '../move-playback.ts';

export function stop(command: Command): void {
  moveOptions(command).action((options: MoveOptions) =>
    movePlayback(options, { move: (client, request) => client.stopPlayback(request), done: 'was stopped' }),
  );
}
