// Flags and environment become one frozen Config; nothing else reads the environment.
import { randomInt } from 'node:crypto';
import { contradictions } from './config/contradictions.ts';
import { openFileLimit, RESERVED_FILES } from './config/open-files.ts';
import { gatherOptions, type Options } from './config/options.ts';
import { gather, type RawSettings } from './config/raw-settings.ts';
import { type Reading, readText, readTextOrFile } from './config/read-text.ts';
import { OPTIONS, type SettingNames, VARIABLES_AND_FLAGS } from './config/setting-names.ts';
import { sellerKeys, token } from './config/setting-schema.ts';
import { type SettingValues, settings } from './config/settings.ts';
import { readTlsIdentity } from './config/tls-files.ts';
import type { Config } from './config/values.ts';
import { signingSecrets } from './config/webhook-schema.ts';

export { loopback } from './config/contradictions.ts';
export { environmentOf } from './config/environment.ts';
export type { Options } from './config/options.ts';
export { LOG_LEVELS, type LogLevel, type Setting, settings } from './config/settings.ts';
export { settingsMarkdown } from './config/settings-table.ts';
export type { Config } from './config/values.ts';

/** Settings that cannot be used; the message has a line for each mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** What the machine says; tests say it themselves. */
export interface Machine {
  openFileLimit(): number;
  randomSeed(): number;
}

const thisMachine: Machine = { openFileLimit, randomSeed: () => randomInt(2 ** 32) };

/**
 * `flags` are parsed ones by key (`adminPort`), without defaults of their own; a flag wins over its variable.
 * Throws a ConfigError with every mistake.
 */
export function readConfig(
  flags: Readonly<Record<string, unknown>> = {},
  env: NodeJS.ProcessEnv = process.env,
  machine: Machine = thisMachine,
): Config {
  return read(gather(flags, env), VARIABLES_AND_FLAGS, machine);
}

/** Of a server that a program starts: nothing is read from the environment. Throws a ConfigError with every mistake. */
export function readOptions(options: Options, machine: Machine = thisMachine): Config {
  return read(gatherOptions(options), OPTIONS, machine);
}

function read({ texts, ignored, mistakes: found }: RawSettings, names: SettingNames, machine: Machine): Config {
  const reading: Reading = { names, mistakes: [...found] };
  const { mistakes } = reading;
  const values: SettingValues = readValues(texts, reading);
  const secrets = {
    adminToken: readTextOrFile('adminToken', values.adminToken, values.adminTokenFile, token, reading),
    viewerToken: readTextOrFile('viewerToken', values.viewerToken, values.viewerTokenFile, token, reading),
    tlsIdentity: readTlsIdentity(values.tlsCert, values.tlsKey, reading),
    keys: readTextOrFile('keys', values.keys, values.keysFile, sellerKeys, reading),
    webhookSecrets:
      readTextOrFile('webhookSecrets', values.webhookSecrets, values.webhookSecretsFile, signingSecrets, reading) ??
      NO_SECRETS,
  };
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const openFiles = machine.openFileLimit();
  const config: Config = {
    ...valuesAsTheyAre(values),
    ...secrets,
    maxConnections: values.maxConnections ?? Math.max(1, openFiles - RESERVED_FILES),
    seed: values.seed ?? machine.randomSeed(),
    ignored: Object.freeze(ignored),
  };
  const contradicting = contradictions(config, { openFiles, maxConnections: values.maxConnections }, names);
  if (contradicting.length > 0) throw new ConfigError(contradicting);
  return Object.freeze(config);
}

/** Reads every text by its setting's schema; one that cannot be read adds a mistake, and its value must not be used. */
function readValues(texts: ReadonlyMap<string, string>, reading: Reading): SettingValues {
  const values: Record<string, unknown> = {};
  for (const { key, schema, fallback, secret } of settings) {
    const text = texts.get(key) ?? fallback;
    if (text !== undefined) values[key] = readText(key, text, schema, secret === true, reading);
  }
  return values as SettingValues;
}

function valuesAsTheyAre(values: SettingValues) {
  const { host, port, adminHost, adminPort, adminOpen, faults, catalog, store, journalMax, journalMaxBytes } = values;
  const { logLevel, scenario, clientsMax, timeScale, publicUrl, tlsPort, floodMax } = values;
  const { worlds, worldsMax, worldPorts, thresholds, dataDir } = values;
  return {
    ...{ host, port, adminHost, adminPort, adminOpen, faults, catalog, store, journalMax, journalMaxBytes },
    ...{ logLevel, scenario, clientsMax, timeScale, publicUrl, tlsPort, floodMax },
    ...{ worlds, worldsMax, worldPorts, thresholds, dataDir },
    probeHosts: values.probeHosts ?? NO_HOSTS,
    doors: values.doors ?? NO_DOORS,
    returnHosts: values.returnHosts,
    latePayment: values.latePayment,
    refundAfterMs: values.refundAfter,
    webhooks: values.webhooks ?? NO_WEBHOOKS,
    webhookHosts: values.webhookHosts ?? NO_HOSTS,
    adminHosts: Object.freeze((values.adminHosts ?? []).map((name) => name.toLowerCase())),
    profiles: values.profile ?? NONE,
    reservationTtlMs: values.reservationTtl,
    defaultTtlMs: values.defaultTtl,
    maxTtlMs: values.maxTtl,
  };
}

const NONE: readonly string[] = Object.freeze([]);
const NO_WEBHOOKS: Config['webhooks'] = Object.freeze([]);
const NO_HOSTS: Config['webhookHosts'] = Object.freeze([]);
const NO_SECRETS: Config['webhookSecrets'] = new Map();
const NO_DOORS: Config['doors'] = Object.freeze([]);
