// Every setting in one table: variables, flags, reading and reference are all made from it.
import type { z } from 'zod';
import { KEY_VARIABLE } from './seller-key.ts';
import {
  anyText,
  baseUrl,
  bytes,
  doorPorts,
  durationFrom0,
  durationUpTo,
  factor,
  host,
  list,
  oneName,
  oneOf,
  port,
  portRange,
  sellerKeys,
  type TextSchema,
  token,
  truth,
  whole,
} from './setting-schema.ts';
import { flagOf, PREFIX, variableOf } from './spelling.ts';
import { clientUrls, hostPatterns, signingSecrets } from './webhook-schema.ts';

/** By whom worlds are made: by use and by `PUT`, by `PUT` alone, or not at all. */
export const WORLD_MODES = ['auto', 'declared', 'off'] as const;
export type WorldMode = (typeof WORLD_MODES)[number];
/** What becomes of money that comes for an order which has expired; the box office knows the same words. */
export const LATE_PAYMENTS = ['refund', 'reacquire'] as const;
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

interface Words {
  /** Of the value in help: `PORT`. Absent for a flag that takes no value. */
  readonly placeholder?: string;
  readonly help: string;
  /** Has no flag and is never shown. */
  readonly secret?: true;
}

interface Entry<Value, Option = Value> extends Words {
  readonly schema: TextSchema<Value, Option>;
  /** As text, read by the same schema. */
  readonly fallback?: string;
  /** What is said of the default where it is no text. */
  readonly unset?: string;
  /** Carries the type: what the value is when nothing is set. */
  readonly value?: Value | undefined;
}

/** A setting with a default. */
const given = <Value, Option>(
  schema: TextSchema<Value, Option>,
  fallback: string,
  words: Words,
): Entry<Value, Option> & { fallback: string } => ({
  schema,
  fallback,
  ...words,
});
/** A setting that may be unset; `unset` says what that means. */
const maybe = <Value, Option>(
  schema: TextSchema<Value, Option>,
  unset: string,
  words: Words,
): Entry<Value, Option> => ({
  schema,
  unset,
  ...words,
});

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const HOST_NAME = /^(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const MONTH_MS = 31 * 86_400_000;

/** By key; `adminPort` is the variable SHOWSTOPPER_ADMIN_PORT and the flag --admin-port. */
export const SETTINGS = {
  host: given(host, '127.0.0.1', { placeholder: 'HOST', help: 'address of the upstream listener' }),
  port: given(port, '8080', { placeholder: 'PORT', help: 'port of the upstream listener; 0 takes a free one' }),
  doors: maybe(doorPorts, 'none', {
    placeholder: 'NAME:PORT,…',
    help: 'further ports of the upstream, so that faults can strike one of them; the first one is the door main',
  }),
  tlsPort: maybe(port, 'no HTTPS', { placeholder: 'PORT', help: 'HTTPS port of the upstream, the door tls' }),
  tlsCert: maybe(anyText, 'made at start', {
    placeholder: 'FILE',
    help: 'certificate of the HTTPS port, as PEM; with others that vouch for it behind it',
  }),
  tlsKey: maybe(anyText, 'made at start', { placeholder: 'FILE', help: 'its private key, as PEM' }),
  adminHost: given(host, '127.0.0.1', { placeholder: 'HOST', help: 'address of the admin listener' }),
  adminPort: given(port, '9190', { placeholder: 'PORT', help: 'port of the admin listener; 0 takes a free one' }),
  adminToken: maybe(token, 'none', { secret: true, help: 'token that admin asks for' }),
  adminTokenFile: maybe(anyText, 'none', { placeholder: 'FILE', help: 'file that holds the admin token' }),
  adminOpen: given(truth, 'false', { help: 'lets admin be reached from other machines without a token' }),
  viewerToken: maybe(token, 'none', { secret: true, help: 'token that may read admin and change nothing' }),
  viewerTokenFile: maybe(anyText, 'none', { placeholder: 'FILE', help: 'file that holds the viewer token' }),
  adminHosts: maybe(list('host names such as admin.example.com or *.example.com', HOST_NAME), 'none', {
    placeholder: 'NAMES',
    help: 'further host names by which admin may be called',
  }),
  maxConnections: maybe(whole(1, 1_000_000), 'file limit less 256', {
    placeholder: 'N',
    help: 'connections above which the upstream stops accepting',
  }),
  floodMax: maybe(whole(1, 1_000_000), 'all there is room for', {
    placeholder: 'N',
    help: 'connections that a flood may open at each door; those of floods under way count too',
  }),
  faults: maybe(anyText, 'the shipped ones', {
    placeholder: 'FOLDER',
    help: 'folder with profiles and scenarios, laid over the shipped ones; the same name wins',
  }),
  catalog: given(anyText as TextSchema<string, 'festival' | 'small' | (string & {})>, 'festival', {
    placeholder: 'NAME|FILE',
    help: 'festival, small, or a file: what is on sale',
  }),
  profile: maybe(list('names of profiles', NAME), 'none', { placeholder: 'NAMES', help: 'profiles active at start' }),
  scenario: maybe(oneName('a name of a scenario', NAME), 'none', {
    placeholder: 'NAME',
    help: 'scenario that plays from the start',
  }),
  seed: maybe(whole(0, 2 ** 32 - 1), 'random, and printed', { placeholder: 'N', help: 'seed of every draw' }),
  store: given(oneOf(['memory:']), 'memory:', {
    placeholder: 'URL',
    help: 'where the box office keeps its state; this version knows memory: only',
  }),
  journalMax: given(whole(1, 1_000_000), '20000', { placeholder: 'N', help: 'entries the journal of a world keeps' }),
  journalMaxBytes: given(bytes(1024, 8 * 2 ** 30), '32MiB', {
    placeholder: 'SIZE',
    help: 'bytes the journals of all worlds keep together',
  }),
  logLevel: given(oneOf(LOG_LEVELS), 'info', { placeholder: 'LEVEL', help: LOG_LEVELS.join(', ') }),
  keys: maybe(sellerKeys, 'any key', { secret: true, help: 'keys of the sellers, name=key separated by commas' }),
  keysFile: maybe(anyText, 'none', { placeholder: 'FILE', help: 'file of name=key, one a line' }),
  clientsMax: given(whole(1, 10_000), '64', {
    placeholder: 'N',
    help: 'sellers told apart in the labels of metrics; further ones are other there, and nowhere else',
  }),
  reservationTtl: given(durationUpTo(MONTH_MS), '900s', {
    placeholder: 'DURATION',
    help: 'how long a reservation holds',
  }),
  timeScale: given(factor(100_000), '1', { placeholder: 'X', help: 'how fast box-office time runs' }),
  defaultTtl: maybe(durationUpTo(MONTH_MS), 'none', {
    placeholder: 'DURATION',
    help: 'ttl of activations that name none',
  }),
  maxTtl: maybe(durationUpTo(MONTH_MS), 'none', { placeholder: 'DURATION', help: 'longest ttl of an activation' }),
  worlds: given(oneOf(WORLD_MODES), 'auto', {
    placeholder: 'MODE',
    help: 'who makes worlds: auto (first use does), declared (only PUT /v1/worlds/NAME on admin), off (nobody)',
  }),
  worldsMax: given(whole(1, 100_000), '1000', { placeholder: 'N', help: 'worlds at once, besides default' }),
  worldPorts: maybe(portRange, 'any free ones', {
    placeholder: 'FROM-TO',
    help: 'ports for the doors of worlds that ask for one of their own, as 20000-20099',
  }),
  webhooks: maybe(clientUrls, 'none', {
    placeholder: 'CLIENT=URL,…',
    help: 'where webhooks of clients go from the start, in the world default',
  }),
  webhookHosts: maybe(hostPatterns, 'none', {
    placeholder: 'HOSTS',
    help: 'hosts besides this machine to which webhooks may go, as shop.example.com, *.svc.cluster.local or 10.0.0.5:8080',
  }),
  webhookSecrets: maybe(signingSecrets, 'made at start', {
    secret: true,
    help: 'secrets that sign webhooks and returns, client=whsec_… separated by commas',
  }),
  webhookSecretsFile: maybe(anyText, 'none', { placeholder: 'FILE', help: 'file of client=whsec_…, one a line' }),
  returnHosts: maybe(hostPatterns, 'this machine and private names', {
    placeholder: 'HOSTS',
    help: 'hosts to which payment pages may send customers back, in place of private ones, as shop.example.com or *.example.com',
  }),
  latePayment: given(oneOf(LATE_PAYMENTS), 'refund', {
    placeholder: 'WHAT',
    help: 'what becomes of money that comes for an expired order: refund, or reacquire its seats where they are free',
  }),
  refundAfter: given(durationFrom0(MONTH_MS), '0s', {
    placeholder: 'DURATION',
    help: 'box-office time from when an order is to be refunded until it is',
  }),
  dataDir: maybe(anyText, 'in memory', {
    placeholder: 'FOLDER',
    help: 'where records of rehearsals are kept; it is made if it is not there',
  }),
  probeHosts: maybe(hostPatterns, 'none', {
    placeholder: 'HOSTS',
    help: 'hosts besides this machine whose front door a rehearsal may watch, as shop.example.com',
  }),
  thresholds: maybe(anyText, 'the published ones', {
    placeholder: 'FILE',
    help: 'YAML file with thresholds of the scorecard that differ from the published ones',
  }),
  publicUrl: maybe(baseUrl, 'the upstream address', {
    placeholder: 'URL',
    help: 'base of links that the upstream hands out',
  }),
};

/** For the client commands; harmless to the server. */
export const CLIENT_VARIABLES: readonly string[] = [`${PREFIX}ADMIN_URL`, `${PREFIX}UPSTREAM_URL`, KEY_VARIABLE];

export type SettingKey = keyof typeof SETTINGS;
type ValueOf<Of> = Of extends { fallback: string; schema: z.ZodType<infer Value, string> }
  ? Value
  : Of extends { schema: z.ZodType<infer Value, string> }
    ? Value | undefined
    : never;
export type SettingValues = { readonly [Key in SettingKey]: ValueOf<(typeof SETTINGS)[Key]> };

/** A setting as command line and reference show it. */
export interface Setting extends Words {
  /** Also the name under which a parsed flag is handed in. */
  readonly key: SettingKey;
  readonly variable: string;
  /** `--admin-port`; undefined for secrets, which no command line may hold. */
  readonly flag: string | undefined;
  readonly schema: TextSchema<unknown>;
  readonly fallback: string | undefined;
  /** The default in words. */
  readonly shownDefault: string;
}

export const settings: readonly Setting[] = Object.entries<Entry<unknown>>(SETTINGS).map(([key, entry]) => ({
  ...entry,
  key: key as SettingKey,
  variable: variableOf(key),
  flag: entry.secret ? undefined : flagOf(key),
  fallback: entry.fallback,
  shownDefault: entry.fallback ?? entry.unset ?? '',
}));
