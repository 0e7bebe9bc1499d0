// Options of a server as the environment of a container that runs one.
import { gatherOptions, type Options } from './options.ts';
import { variableOf } from './spelling.ts';

/** Throws a TypeError for a name that is no option; values are read, and refused, by the server. */
export function environmentOf(options: Options): Record<string, string> {
  const { texts, mistakes } = gatherOptions(options);
  if (mistakes.length > 0) throw new TypeError(mistakes.join('\n'));
  return Object.fromEntries([...texts].map(([key, text]) => [variableOf(key), text]));
}
