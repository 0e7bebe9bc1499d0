// What flags and environment say, matched to the settings, before anything is read into values.
import { nearest } from '../base/nearest.ts';
import { isInjected } from './injected.ts';
import { CLIENT_VARIABLES, type SettingKey, settings } from './settings.ts';
import { flagOf, PREFIX, variableOf } from './spelling.ts';

/** A setting that is not known is always told the nearest that is. */
const ANY_DISTANCE = Number.POSITIVE_INFINITY;

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
  return `${variable}: there is no such setting; the nearest is ${nearest(variable, known, ANY_DISTANCE)}`;
}

function unknownFlag(key: string): string {
  const known = settings.flatMap(({ flag }) => flag ?? []);
  return `${flagOf(key)}: there is no such flag; the nearest is ${nearest(flagOf(key), known, ANY_DISTANCE)}`;
}
