// Settings of webhooks: hosts, endpoints and secrets as they are written, and what is wrong with them, told without a secret.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';

const SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const read = (env: Record<string, string>) => readConfig({}, env);

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('endpoints', () => {
  test('are pairs of a client and a URL, which may hold commas', () => {
    const { webhooks } = read({ SHOWSTOPPER_WEBHOOKS: 'shop=http://127.0.0.1/a?x=1,2 , till=https://localhost:8/b' });
    expect(webhooks).toEqual([
      { client: 'shop', url: 'http://127.0.0.1/a?x=1,2' },
      { client: 'till', url: 'https://localhost:8/b' },
    ]);
  });

  test.each(['shop', 'shop=nowhere', 'Shop=http://127.0.0.1/', 'anonymous=http://127.0.0.1/', 'shop=ftp://127.0.0.1/'])(
    '%s is no such pair',
    (text) => {
      expect(mistakes({ SHOWSTOPPER_WEBHOOKS: text })[0]).toMatch(/^SHOWSTOPPER_WEBHOOKS .* must be client=URL pairs/);
    },
  );

  test('do not show a password where they are wrong', () => {
    const [said] = mistakes({ SHOWSTOPPER_WEBHOOKS: 'anonymous=http://me:hush@127.0.0.1/' });
    expect(said).not.toMatch(/hush/);
  });
});

describe('hosts', () => {
  test('are names, names with all below, and addresses, with a port or without', () => {
    const { webhookHosts } = read({ SHOWSTOPPER_WEBHOOK_HOSTS: 'shop, *.svc.cluster.local,10.0.0.5:8080,[fd12::1]' });
    expect(webhookHosts).toMatchObject([{ host: 'shop' }, { wildcard: true }, { port: 8080 }, { host: '[fd12::1]' }]);
  });

  test.each(['http://shop/', '*.10.0.0.5', 'shop:0', 'a b', '*'])('%s is none', (text) => {
    expect(mistakes({ SHOWSTOPPER_WEBHOOK_HOSTS: text })[0]).toMatch(/^SHOWSTOPPER_WEBHOOK_HOSTS .* must be hosts/);
  });
});

describe('secrets', () => {
  test('come from the variable or from a file, a line each', () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'secrets');
    writeFileSync(file, `# shops\nshop=${SECRET}\ntill=${SECRET}\n`);
    expect([...read({ SHOWSTOPPER_WEBHOOK_SECRETS_FILE: file }).webhookSecrets.keys()]).toEqual(['shop', 'till']);
    expect(read({ SHOWSTOPPER_WEBHOOK_SECRETS: `shop=${SECRET}` }).webhookSecrets.get('shop')).toBe(SECRET);
    const both = { SHOWSTOPPER_WEBHOOK_SECRETS: `shop=${SECRET}`, SHOWSTOPPER_WEBHOOK_SECRETS_FILE: file };
    expect(mistakes(both)[0]).toMatch(/are both set; unset one of them/);
  });

  test.each(['shop=hushhush', 'shop=whsec_aHVzaA==', `shop=${SECRET},shop=${SECRET}`, `crowd=${SECRET}`])(
    'that are none, too short, given twice or of nobody are refused, and not repeated: %s',
    (text) => {
      const [said] = mistakes({ SHOWSTOPPER_WEBHOOK_SECRETS: text });
      expect(said).toMatch(/^SHOWSTOPPER_WEBHOOK_SECRETS must be client=secret pairs/);
      expect(said).not.toMatch(/hush|aHVza|CQkJ/);
    },
  );

  test('and endpoints of who is no seller are told where sellers are listed', () => {
    const env = { SHOWSTOPPER_KEYS: 'shop=k1', SHOWSTOPPER_WEBHOOKS: 'shop=http://localhost/,shpo=http://localhost/' };
    expect(mistakes({ ...env, SHOWSTOPPER_WEBHOOK_SECRETS: `sohp=${SECRET}` })).toEqual([
      'SHOWSTOPPER_WEBHOOKS (--webhooks) names shpo, who is no seller of SHOWSTOPPER_KEYS',
      'SHOWSTOPPER_WEBHOOK_SECRETS names sohp, who is no seller of SHOWSTOPPER_KEYS',
    ]);
  });
});
