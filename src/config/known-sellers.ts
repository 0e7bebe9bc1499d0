// The sellers that settings list, so that a rule which names another is a mistake.
import { readTextOrFile } from './read-text.ts';
import { VARIABLES_AND_FLAGS } from './setting-names.ts';
import { sellerKeys } from './setting-schema.ts';

/** Name by key, as a server with this environment has them; undefined: any key will do, or a setting is bad. */
export function sellersOf(env: NodeJS.ProcessEnv = process.env): ReadonlyMap<string, string> | undefined {
  const direct = env.SHOWSTOPPER_KEYS ? sellerKeys.safeParse(env.SHOWSTOPPER_KEYS).data : undefined;
  return readTextOrFile('keys', direct, env.SHOWSTOPPER_KEYS_FILE || undefined, sellerKeys, {
    names: VARIABLES_AND_FLAGS,
    mistakes: [],
  });
}
