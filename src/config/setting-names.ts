// How a setting is called: by its variable and flag where the command is started, by its option where a program starts a server.
import { type SettingKey, settings } from './settings.ts';
import { flagOf, variableOf } from './spelling.ts';

export interface SettingNames {
  /** `SHOWSTOPPER_ADMIN_PORT (--admin-port)`; secrets have no flag. */
  readonly full: (key: SettingKey) => string;
  /** `SHOWSTOPPER_ADMIN_PORT`. */
  readonly short: (key: SettingKey) => string;
}

export const VARIABLES_AND_FLAGS: SettingNames = {
  full: (key) => (isSecret(key) ? variableOf(key) : `${variableOf(key)} (${flagOf(key)})`),
  short: variableOf,
};

/** `adminPort`. */
export const OPTIONS: SettingNames = { full: (key) => key, short: (key) => key };

const isSecret = (key: SettingKey): boolean => settings.find((setting) => setting.key === key)?.secret === true;
