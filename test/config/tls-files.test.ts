// The certificate of the HTTPS port: taken from two files that fit each other, and refused in clear words.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { otherKeyFile, ownIdentity, pemFile } from '../support/own-identity.ts';

const { certFile, keyFile, cert, key } = await ownIdentity();

const read = (env: NodeJS.ProcessEnv) => readConfig({}, env, { openFileLimit: () => 1024, randomSeed: () => 7 });
const mistakesOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
};
const WITH_PORT = { SHOWSTOPPER_TLS_PORT: '8443' };
const GOOD = { SHOWSTOPPER_TLS_CERT: certFile, SHOWSTOPPER_TLS_KEY: keyFile };

test('both files come as their text', () => {
  expect(read({ ...WITH_PORT, ...GOOD })).toMatchObject({ tlsPort: 8443, tlsIdentity: { cert, key } });
});

test('with a port alone there is none, and one will be made', () => {
  expect(read(WITH_PORT)).toMatchObject({ tlsPort: 8443, tlsIdentity: undefined });
});

describe('mistakes', () => {
  test.each([
    ['SHOWSTOPPER_TLS_CERT', 'SHOWSTOPPER_TLS_KEY'],
    ['SHOWSTOPPER_TLS_KEY', 'SHOWSTOPPER_TLS_CERT'],
  ] as const)('%s alone needs the other too', (given, missing) => {
    const [mistake, ...more] = mistakesOf({ ...WITH_PORT, [given]: GOOD[given] });
    expect(mistake).toMatch(new RegExp(`^${given} .* needs ${missing} .* too`));
    expect(more).toEqual([]);
  });

  test('files without a port are of no use', () => {
    expect(mistakesOf(GOOD)).toEqual([expect.stringMatching(/of no use without SHOWSTOPPER_TLS_PORT/)]);
  });

  test('a file that is not there is named', () => {
    expect(mistakesOf({ ...WITH_PORT, ...GOOD, SHOWSTOPPER_TLS_CERT: '/no/such.pem' })).toEqual([
      expect.stringMatching(/^SHOWSTOPPER_TLS_CERT .* cannot be read: .*\/no\/such\.pem/),
    ]);
  });

  test('a file that holds something else says what it must hold, and is not repeated', () => {
    const file = pemFile('hunter2');
    const mistakes = mistakesOf({ ...WITH_PORT, SHOWSTOPPER_TLS_CERT: file, SHOWSTOPPER_TLS_KEY: file });
    expect(mistakes).toEqual([
      expect.stringMatching(/^SHOWSTOPPER_TLS_CERT .* must hold a certificate as PEM/),
      expect.stringMatching(/^SHOWSTOPPER_TLS_KEY .* must hold a private key as PEM/),
    ]);
    expect(mistakes.join()).not.toContain('hunter2');
  });

  test('a key with a passphrase cannot be used', () => {
    const locked = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'hunter2',
    });
    expect(mistakesOf({ ...WITH_PORT, ...GOOD, SHOWSTOPPER_TLS_KEY: pemFile(String(locked)) })).toEqual([
      expect.stringMatching(/^SHOWSTOPPER_TLS_KEY .* without a passphrase/),
    ]);
  });

  test('a key of another certificate does not fit', () => {
    expect(mistakesOf({ ...WITH_PORT, ...GOOD, SHOWSTOPPER_TLS_KEY: otherKeyFile() })).toEqual([
      expect.stringMatching(/^SHOWSTOPPER_TLS_KEY .* is not the key of the certificate in SHOWSTOPPER_TLS_CERT/),
    ]);
  });
});
