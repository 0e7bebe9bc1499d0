// showstopper seek: moves a playback to a story time.
import type { Command } from 'commander';
import { type MoveOptions, moveOptions, movePlayback } from '../move-playback.ts';

export function seek(command: Command): void {
  moveOptions(command)
    .argument('<TIME>', 'a story time, as 14:50 or 20m')
    .addHelpText('after', '\nForward, cues between are played at once; back, all is undone and played again.')
    .action((to: string, options: MoveOptions) =>
      movePlayback(options, { move: (client, request) => client.seekPlayback(to, request), done: 'was moved' }),
    );
}
