// The seller's key that a command shows to the upstream: from a file or the environment, never a flag, which others can see.
import { readTextFileSync } from '../base/text-file.ts';

export const KEY_VARIABLE = 'SHOWSTOPPER_KEY';
const MAX_KEY_FILE_BYTES = 4096;
/** What a header can carry. */
const KEY = /^[\x21-\x7e]{1,1000}$/;

/** Undefined when none is given; throws an Error that names the place, and never the key. */
export function readSellerKey(file?: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (file === undefined) {
    const key = env[KEY_VARIABLE] || undefined;
    return key === undefined ? undefined : checked(KEY_VARIABLE, key);
  }
  let text: string;
  try {
    text = readTextFileSync(file, MAX_KEY_FILE_BYTES);
  } catch (error) {
    throw new Error(`--key-file ${file} ${(error as Error).message}`, { cause: error });
  }
  return checked(`--key-file ${file}`, text.trim());
}

function checked(place: string, key: string): string {
  if (KEY.test(key)) return key;
  throw new Error(`${place} must hold one key of 1 to 1000 printable ASCII characters without spaces`);
}
