// Settings: what is read from where, and what is refused in which words.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loopback, readConfig, settings, settingsMarkdown } from '../src/config.ts';

const machine = { openFileLimit: () => 1024, randomSeed: () => 7 };
const read = (env: NodeJS.ProcessEnv = {}, flags: Record<string, unknown> = {}) => readConfig(flags, env, machine);
const mistakesOf = (env: NodeJS.ProcessEnv = {}, flags: Record<string, unknown> = {}): readonly string[] => {
  try {
    read(env, flags);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
};
const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'showstopper-config-')), 'file');
  writeFileSync(file, text);
  return file;
};

describe('what is read', () => {
  test('nothing set gives the documented defaults', () => {
    expect(read()).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      adminHost: '127.0.0.1',
      adminPort: 9190,
      adminToken: undefined,
      maxConnections: 768,
      seed: 7,
      catalog: 'festival',
      profiles: [],
      journalMax: 20_000,
      journalMaxBytes: 33_554_432,
      reservationTtlMs: 900_000,
      clientsMax: 64,
      timeScale: 1,
      doors: [],
      tlsPort: undefined,
      tlsIdentity: undefined,
      floodMax: undefined,
      ignored: [],
    });
  });

  test('a flag wins over its variable, and an empty variable is unset', () => {
    const env = { SHOWSTOPPER_PORT: '1', SHOWSTOPPER_ADMIN_PORT: '2', SHOWSTOPPER_SEED: '' };
    expect(read(env, { port: '3', adminPort: undefined })).toMatchObject({ port: 3, adminPort: 2, seed: 7 });
  });

  test('flags may be numbers, truths and lists', () => {
    const flags = { port: 0, adminHost: '::', adminOpen: true, profile: ['hang-all', 'storm'] };
    expect(read({}, flags)).toMatchObject({ port: 0, adminOpen: true, profiles: ['hang-all', 'storm'] });
  });

  test('sizes, durations, lists and URLs become values', () => {
    const config = read({
      SHOWSTOPPER_JOURNAL_MAX_BYTES: '1MiB',
      SHOWSTOPPER_RESERVATION_TTL: '5m',
      SHOWSTOPPER_MAX_TTL: '1h',
      SHOWSTOPPER_ADMIN_HOSTS: 'Admin.Example.com, *.test',
      SHOWSTOPPER_PUBLIC_URL: 'https://tickets.example.com/',
      SHOWSTOPPER_SEED: '4294967295',
    });
    expect(config).toMatchObject({
      journalMaxBytes: 1_048_576,
      reservationTtlMs: 300_000,
      maxTtlMs: 3_600_000,
      adminHosts: ['admin.example.com', '*.test'],
      publicUrl: 'https://tickets.example.com',
      seed: 4_294_967_295,
    });
  });

  test('doors are names and ports in the order written, and several may take a free one', () => {
    expect(read({ SHOWSTOPPER_DOORS: 'team-a:8081, team-b:0,team-c:0', SHOWSTOPPER_FLOOD_MAX: '500' })).toMatchObject({
      doors: [
        { name: 'team-a', port: 8081 },
        { name: 'team-b', port: 0 },
        { name: 'team-c', port: 0 },
      ],
      floodMax: 500,
    });
  });

  test('sellers keys map to names, also from a file, also several of one seller', () => {
    const expected = new Map([
      ['k1', 'team-a'],
      ['k2=', 'team-a'],
      ['k3', 'team-b'],
    ]);
    expect(read({ SHOWSTOPPER_KEYS: 'team-a=k1,team-a=k2=,team-b=k3' }).keys).toEqual(expected);
    const file = fileWith('# sellers\nteam-a=k1\nteam-a=k2=\n\nteam-b=k3\n');
    expect(read({ SHOWSTOPPER_KEYS_FILE: file }).keys).toEqual(expected);
  });

  test('a token may come from a file', () => {
    expect(read({}, { adminTokenFile: fileWith('s3cret\n') }).adminToken).toBe('s3cret');
  });

  test('a config cannot be changed', () => {
    const config = read();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.profiles)).toBe(true);
  });

  test('every seed drawn by chance fits into 32 bits', () => {
    const { seed } = readConfig({}, {});
    expect(seed).toBeGreaterThanOrEqual(0);
    expect(seed).toBeLessThan(2 ** 32);
  });
});

describe('names', () => {
  test('an unknown variable names the nearest known one', () => {
    expect(mistakesOf({ SHOWSTOPPER_AMIN_PORT: '1' })).toEqual([
      'SHOWSTOPPER_AMIN_PORT: there is no such setting; the nearest is SHOWSTOPPER_ADMIN_PORT',
    ]);
    expect(mistakesOf({}, { jurnalMax: 1 })).toEqual([
      '--jurnal-max: there is no such flag; the nearest is --journal-max',
    ]);
  });

  test('what Kubernetes injects for a Service of this name is ignored and told', () => {
    const injected = {
      SHOWSTOPPER_SERVICE_HOST: '10.0.0.1',
      SHOWSTOPPER_SERVICE_PORT: '8080',
      SHOWSTOPPER_SERVICE_PORT_UPSTREAM: '8080',
      SHOWSTOPPER_PORT: 'tcp://10.0.0.1:8080',
      SHOWSTOPPER_PORT_8080_TCP: 'tcp://10.0.0.1:8080',
      SHOWSTOPPER_PORT_8080_TCP_ADDR: '10.0.0.1',
      SHOWSTOPPER_ADMIN_PORT: 'tcp://10.0.0.2:9190',
    };
    const config = read(injected);
    expect(config).toMatchObject({ port: 8080, adminPort: 9190 });
    expect(config.ignored).toEqual(Object.keys(injected).sort());
  });

  test('the address for client commands is harmless, other prefixes are not ours', () => {
    expect(mistakesOf({ SHOWSTOPPER_ADMIN_URL: 'http://x', PATH: '/bin', SHOWSTOPPERS: 'x' })).toEqual([]);
  });

  test('records of rehearsals have a folder, and front doors of sellers have hosts', () => {
    const config = read({ SHOWSTOPPER_DATA_DIR: '/data', SHOWSTOPPER_PROBE_HOSTS: 'shop.example.com' });
    expect(config).toMatchObject({ dataDir: '/data', probeHosts: [{ host: 'shop.example.com', wildcard: false }] });
    expect(read({})).toMatchObject({ dataDir: undefined, probeHosts: [] });
  });

  test('secrets have no flag', () => {
    expect(mistakesOf({}, { adminToken: 's3cret' })[0]).toMatch(/^--admin-token: a secret has no flag/);
    expect(settings.filter(({ secret }) => secret).map(({ flag }) => flag)).toEqual(Array(4).fill(undefined));
  });
});

describe('mistakes', () => {
  test('all are told at once, each with name, what is allowed and what was given', () => {
    expect(mistakesOf({ SHOWSTOPPER_PORT: '70000', SHOWSTOPPER_LOG_LEVEL: 'loud' })).toEqual([
      'SHOWSTOPPER_PORT (--port) must be a port from 0 to 65535, 0 for a free one, got "70000"',
      'SHOWSTOPPER_LOG_LEVEL (--log-level) must be one of trace, debug, info, warn, error, fatal, silent, got "loud"',
    ]);
  });

  test.each([
    ['SHOWSTOPPER_HOST', 'http://x'],
    ['SHOWSTOPPER_SEED', '-1'],
    ['SHOWSTOPPER_TIME_SCALE', '0'],
    ['SHOWSTOPPER_RESERVATION_TTL', '5 minutes'],
    ['SHOWSTOPPER_ADMIN_OPEN', 'perhaps'],
    ['SHOWSTOPPER_PUBLIC_URL', 'tickets'],
    ['SHOWSTOPPER_PROFILE', 'a,,b'],
    ['SHOWSTOPPER_JOURNAL_MAX_BYTES', '12'],
    ['SHOWSTOPPER_JOURNAL_MAX', '0'],
    ['SHOWSTOPPER_FAULTS', '/nowhere/at/all'],
    ['SHOWSTOPPER_MAX_CONNECTIONS', '100000'],
    ['SHOWSTOPPER_FLOOD_MAX', '0'],
    ['SHOWSTOPPER_TLS_PORT', 'https'],
    ['SHOWSTOPPER_DOORS', 'team-a'],
    ['SHOWSTOPPER_DOORS', 'team-a:8081:1'],
    ['SHOWSTOPPER_DOORS', 'Team:8081'],
    ['SHOWSTOPPER_DOORS', 'team-a:8081,'],
    ['SHOWSTOPPER_DOORS', 'team-a:70000'],
    ['SHOWSTOPPER_DOORS', 'team-a:8081,team-a:8082'],
    ['SHOWSTOPPER_DOORS', 'team-a:8081,team-b:8081'],
    ['SHOWSTOPPER_DOORS', 'main:8081'],
    ['SHOWSTOPPER_DOORS', 'tls:8081'],
    ['SHOWSTOPPER_DOORS', Array.from({ length: 65 }, (_, index) => `d${index}:0`).join()],
  ])('%s=%s is refused', (variable, value) => {
    expect(mistakesOf({ [variable]: value })).toEqual([expect.stringContaining(variable)]);
  });

  test.each(['team-a', 'TEAM=k', 'anonymous=k', 'other=k', 'a=k,b=k', 'a=', 'a=two words'])(
    'keys %s are refused and never repeated',
    (keys) => {
      const [mistake] = mistakesOf({ SHOWSTOPPER_KEYS: keys });
      expect(mistake).toMatch(/^SHOWSTOPPER_KEYS must be name=key pairs/);
      expect(mistake).not.toContain('got');
    },
  );

  test('a store but memory is refused, without the password in its address', () => {
    const [mistake] = mistakesOf({ SHOWSTOPPER_STORE: 'redis://:hunter2@host' });
    expect(mistake).toBe('SHOWSTOPPER_STORE (--store) must be memory:, got "redis://[redacted]@host"');
  });

  test('a token and a token file are one too many, and a file must hold one', () => {
    const file = fileWith('two words');
    expect(mistakesOf({ SHOWSTOPPER_ADMIN_TOKEN: 'a', SHOWSTOPPER_ADMIN_TOKEN_FILE: file })).toHaveLength(1);
    expect(mistakesOf({ SHOWSTOPPER_ADMIN_TOKEN_FILE: file })[0]).not.toContain('two words');
    expect(mistakesOf({ SHOWSTOPPER_ADMIN_TOKEN_FILE: '/nowhere' })[0]).toContain('cannot be read');
  });

  test('admin in reach of others without a token names both ways out', () => {
    const [mistake] = mistakesOf({ SHOWSTOPPER_ADMIN_HOST: '0.0.0.0' });
    expect(mistake).toContain('SHOWSTOPPER_ADMIN_TOKEN');
    expect(mistake).toContain('SHOWSTOPPER_ADMIN_OPEN=true');
    expect(mistakesOf({ SHOWSTOPPER_ADMIN_HOST: '0.0.0.0', SHOWSTOPPER_ADMIN_TOKEN: 't' })).toEqual([]);
    expect(mistakesOf({ SHOWSTOPPER_ADMIN_HOST: '0.0.0.0', SHOWSTOPPER_ADMIN_OPEN: 'true' })).toEqual([]);
  });

  test.each([
    { SHOWSTOPPER_ADMIN_TOKEN: 't', SHOWSTOPPER_ADMIN_OPEN: 'true' },
    { SHOWSTOPPER_VIEWER_TOKEN: 't' },
    { SHOWSTOPPER_VIEWER_TOKEN: 't', SHOWSTOPPER_ADMIN_TOKEN: 't' },
    { SHOWSTOPPER_PORT: '9000', SHOWSTOPPER_ADMIN_PORT: '9000' },
    { SHOWSTOPPER_DOORS: 'team-a:8080' },
    { SHOWSTOPPER_DOORS: 'team-a:9190' },
    { SHOWSTOPPER_DOORS: 'team-a:8443', SHOWSTOPPER_TLS_PORT: '8443' },
    { SHOWSTOPPER_TLS_PORT: '9190' },
    { SHOWSTOPPER_KEYS: 'a=1,b=2', SHOWSTOPPER_CLIENTS_MAX: '1' },
    { SHOWSTOPPER_DEFAULT_TTL: '2h', SHOWSTOPPER_MAX_TTL: '1h' },
  ])('%j do not go together', (env) => {
    expect(mistakesOf(env)).toHaveLength(1);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['localhost', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
])('%s is loopback: %s', (host, expected) => {
  expect(loopback(host)).toBe(expected);
});

test.each(['ADMIN_TOKEN_FILE', 'VIEWER_TOKEN_FILE', 'KEYS_FILE', 'TLS_CERT'])(
  'the file of %s must be a regular one: nothing else is waited for',
  (setting) => {
    const env = {
      [`SHOWSTOPPER_${setting}`]: '/dev/zero',
      SHOWSTOPPER_TLS_KEY: '/dev/zero',
      SHOWSTOPPER_TLS_PORT: '1',
    };
    expect(mistakesOf(env).join()).toMatch(
      new RegExp(`${setting} .*/dev/zero is a device, and must be a regular file`),
    );
  },
);

test('the reference has a row for every setting and shows no secret flag', () => {
  const rows = settingsMarkdown().trimEnd().split('\n');
  expect(rows).toHaveLength(settings.length + 2);
  expect(rows).toContain(
    '| `SHOWSTOPPER_CATALOG` | `--catalog NAME\\|FILE` | `festival` | festival, small, or a file: what is on sale |',
  );
  expect(rows.find((row) => row.includes('SHOWSTOPPER_KEYS`'))).not.toContain('--keys');
});
