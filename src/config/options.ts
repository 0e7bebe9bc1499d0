// What a program that starts a server sets: every setting by its key, as numbers, truths, lists and pairs.
import { type RawSettings, unknownName } from './raw-settings.ts';
import { type SETTINGS, type SettingKey, settings } from './settings.ts';

type OptionOf<Of> = Of extends { readonly schema: { readonly option?: infer Option } } ? Option : never;

/** Every setting, named like its flag: `adminPort` is --admin-port. Durations are texts such as `15m`. */
export type Options = {
  readonly [Key in SettingKey]?: Exclude<OptionOf<(typeof SETTINGS)[Key]>, undefined> | undefined;
};

const OPTION_NAMES = settings.map(({ key }) => key);

/** Options that are undefined are unset. */
export function gatherOptions(options: Options): RawSettings {
  const texts = new Map<SettingKey, string>();
  const mistakes: string[] = [];
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const setting = settings.find((known) => known.key === key);
    if (setting) texts.set(setting.key, textOf(value));
    else mistakes.push(unknownName(key, 'option', OPTION_NAMES));
  }
  return { texts, ignored: [], mistakes };
}

/** As the variable of the setting has it. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value);
  return Object.entries(value)
    .map(([name, to]) => `${name}${typeof to === 'number' ? ':' : '='}${to}`)
    .join(',');
}
