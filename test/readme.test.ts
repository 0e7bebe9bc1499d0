// The README's commands are run as they stand, in one shell, against a server: a ticket bought, a purchase broken, and healed.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from './cli/command.ts';
import { ROOT } from './support/generated.ts';
import { freePort, nginxVersion } from './support/nginx.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const BLOCKS = ['buy', 'break', 'heal'] as const;
type Block = (typeof BLOCKS)[number];

function shellOf(block: Block | 'outage'): string {
  const text = new RegExp(`<!-- run: ${block} -->\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1];
  if (text === undefined) throw new Error(`README.md has no block <!-- run: ${block} -->`);
  return text;
}

/** Runs commands in a shell, as a reader would, at the addresses of this server; gives what they printed. */
function shell(commands: string, { upstream, admin }: Served): Promise<string> {
  const script = commands.replaceAll('http://127.0.0.1:8080', upstream);
  const env = { PATH: `${process.env.PATH}:/usr/sbin`, HOME: process.env.HOME, SHOWSTOPPER_ADMIN_URL: admin };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', script], { env, cwd: ROOT, timeout: 60_000 }, (error, out, err) => {
      if (error) return reject(new Error(`${error.message}\n${out}\n${err}`));
      resolve(out);
    });
  });
}

/** All blocks in one shell; gives what each printed. */
async function follow(server: Served): Promise<Record<Block, string>> {
  const out = await shell(BLOCKS.map((block) => `echo "== ${block}"\n${shellOf(block)}`).join('\n'), server);
  const printed = out.split(/^== \w+\n/m).slice(1);
  return Object.fromEntries(BLOCKS.map((block, at) => [block, printed[at] ?? ''])) as Record<Block, string>;
}

describe('whoever follows the README', () => {
  let server: Served;
  let printed: Record<Block, string>;
  beforeAll(async () => {
    server = await serve([], { SHOWSTOPPER_CATALOG: 'festival' });
    printed = await follow(server);
  }, 60_000);
  afterAll(() => server.stop());

  test('buys two tickets at a discount', () => {
    const [seatMap = '', discount = '', completed = ''] = printed.buy.trim().split('\n');
    expect(seatMap).toContain('"sessionId":');
    expect(JSON.parse(discount)).toMatchObject({ valid: true });
    const order = JSON.parse(completed) as { status: string; tickets: { seat: string; barcode: string }[] };
    expect(order).toMatchObject({ status: 'completed', externalRef: 'cart-1', discount: { code: 'FESTIVAL20' } });
    expect(order.tickets).toHaveLength(2);
  });

  test('buys as often as they like', async () => {
    for (const _ of [2, 3]) expect((await follow(server)).heal).toMatch(/^yes: 1 time$/m);
  });

  test('breaks the purchase', () => {
    expect(printed.break).toMatch(/^upstream-hang is on: 1 rule, until 20/m);
    expect(printed.break).toMatch(/^no answer in 3 seconds$/m);
    expect(printed.break).toMatch(/^upstream-hang\/0 +hang +100 % of everything +1 +1 /m);
  });

  test('heals it, and is told that the ticket was sold exactly once', () => {
    expect(printed.heal).toMatch(/^All clear: 1 activation and 1 rule ended/m);
    expect(printed.heal).toMatch(/^\{"id":.*"status":"active"/m);
    expect(printed.heal).toMatch(/^yes: 1 time$/m);
  });

  test.skipIf(nginxVersion() === undefined)('lives the first outage', async () => {
    const commands = shellOf('outage').replaceAll('127.0.0.1:8000', `127.0.0.1:${await freePort()}`);
    const [calm, on, dead, healed, alive] = (await shell(commands, server)).trim().split('\n');
    expect([calm, alive]).toEqual(['We open at noon.', 'We open at noon.']);
    expect(on).toMatch(/^upstream-hang is on/);
    expect(dead).toBe('a page that never needed the upstream is dead');
    expect(healed).toMatch(/^All clear/);
  });
});

describe('the README', () => {
  test('names scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...README.matchAll(/npm (?:run (?:-s )?)?([a-z]+)/g)].map(([, name]) => name ?? '');
    const known = ['ci', ...Object.keys(scripts)];
    expect(named.filter((name) => name !== 'and' && name !== 'run' && !known.includes(name))).toEqual([]);
    expect(scripts.start).toBe('node src/cli/main.ts serve');
  });

  test('links to files that there are', () => {
    const links = [...README.matchAll(/\]\((?!http|#)([^)]+)\)/g)].map(([, target]) => target ?? '');
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  test('shows a profile that can be put in force', async () => {
    const { readProfile } = await import('../src/shelf/profile.ts');
    const yaml = /```yaml\n([\s\S]*?)```/.exec(README)?.[1] ?? '';
    expect(readProfile(yaml, 'README.md', { operations: ['completeOrder'], doors: [] })).toHaveProperty('profile');
  });
});
