// Reads one setting's text, given directly or by a file, and says what is wrong with it in the setting's own name.
import { REDACTED } from '../base/secret.ts';
import { readTextFileSync } from '../base/text-file.ts';
import type { SettingNames } from './setting-names.ts';
import type { TextSchema } from './setting-schema.ts';
import type { SettingKey } from './settings.ts';

/** What a reader says of mistakes, and where to. */
export interface Reading {
  readonly names: SettingNames;
  readonly mistakes: string[];
}

/** Undefined, and a mistake, when the text does not fit. A secret is not repeated. */
export function readText<Value>(
  key: SettingKey,
  text: string,
  schema: TextSchema<Value, unknown>,
  secret: boolean,
  { names, mistakes }: Reading,
): Value | undefined {
  const read = schema.safeParse(text);
  if (read.success) return read.data;
  const got = secret ? '' : `, got ${JSON.stringify(withoutCredentials(text).slice(0, 200))}`;
  mistakes.push(`${names.full(key)} ${read.error.issues[0]?.message}${got}`);
  return undefined;
}

/** Tokens and keys of every seller fit into it many times over. */
export const MAX_SETTING_FILE_BYTES = 1_048_576;

const withoutCredentials = (text: string): string => text.replace(/\/\/[^/@]*@/g, `//${REDACTED}@`);

type Secret = 'adminToken' | 'viewerToken' | 'keys' | 'webhookSecrets';

/** The value given directly, or the one in the file; both is a mistake. */
export function readTextOrFile<Value>(
  key: Secret,
  direct: Value | undefined,
  file: string | undefined,
  schema: TextSchema<Value, unknown>,
  { names, mistakes }: Reading,
): Value | undefined {
  if (file === undefined) return direct;
  const fileKey = `${key}File` as const;
  if (direct !== undefined) {
    mistakes.push(`${names.short(key)} and ${names.full(fileKey)} are both set; unset one of them`);
    return undefined;
  }
  try {
    const read = schema.safeParse(readTextFileSync(file, MAX_SETTING_FILE_BYTES));
    if (read.success) return read.data;
    mistakes.push(`${names.full(fileKey)} ${file}: its text ${read.error.issues[0]?.message}`);
  } catch (error) {
    mistakes.push(`${names.full(fileKey)} ${file} ${(error as Error).message}`);
  }
  return undefined;
}
