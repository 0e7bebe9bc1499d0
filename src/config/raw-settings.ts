// What flags and environment say, matched to the settings, before anything is read into values.
import { nearest } from '../base/nearest.ts';
import { isInjected } from './injected.ts';
import { CLIENT_VARIABLES, type SettingKey, settings } from './settings.ts';
import { flagOf, PREFIX, variableOf } from './spelling.ts';

export interface RawSettings {
  /** By setting, as text. */
  readonly texts: ReadonlyMap<SettingKey, string>;
  /** Variables that belong to someone else. */
  readonly ignored: readonly string[];
  readonly mistakes: readonly string[];
}

/** A flag wins over its variable; an empty variable is an unset one. */
export function gather(flags: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): RawSettings {
  const texts = new Map<SettingKey, string>();
  const ignored: string[] = [];
  const mistakes: string[] = [];
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || !value || CLIENT_VARIABLES.includes(variable)) continue;
    const setting = settings.find((known) => known.variable === variable);
    if (isInjected(variable, value)) ignored.push(variable);
    else if (setting) texts.set(setting.key, value);
    else mistakes.push(unknownVariable(variable));
  }
  for (const [key, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    const setting = settings.find((known) => known.key === key);
    if (setting?.flag) texts.set(setting.key, String(value));
    else mistakes.push(setting ? secretFlag(key) : unknownFlag(key));
  }
  return { texts, ignored: ignored.sort(), mistakes };
}

const secretFlag = (key: string): string =>
  `${flagOf(key)}: a secret has no flag, since others on the machine can read it; use ${variableOf(key)} or ${variableOf(key)}_FILE`;

function unknownVariable(variable: string): string {
  const known = [...settings.map((setting) => setting.variable), ...CLIENT_VARIABLES];
  return unknownName(variable, 'setting', known);
}

function unknownFlag(key: string): string {
  const known = settings.flatMap(({ flag }) => flag ?? []);
  return unknownName(flagOf(key), 'flag', known);
}

/** With the nearest name that is known, however far; none for one that is too long to be a slip of the hand. */
export function unknownName(name: string, what: 'setting' | 'flag' | 'option', known: readonly string[]): string {
  const close = nearest(name, known, Number.POSITIVE_INFINITY);
  return `${name}: there is no such ${what}${close === undefined ? '' : `; the nearest is ${close}`}`;
}
