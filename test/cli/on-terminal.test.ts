// Commands that take a whole terminal, on a real one: they draw to its size, and give it back however they end.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { BUNDLED_ENV, MAIN } from '../support/bundled.ts';
import { startInProcess } from '../support/run-server.ts';

async function started() {
  const server = await startInProcess();
  onTestFinished(() => server.stop());
  return { server, admin: createAdminClient({ url: server.admin }) };
}

const hasScript = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

/** A command on a terminal of this size, until what it draws fits; then Ctrl-C. */
async function onTerminal(command: string, fits: RegExp, { columns = 80, rows = 24, env = {} } = {}) {
  const line = `stty cols ${columns} rows ${rows}; exec "${process.execPath}" "${MAIN}" ${command}`;
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    env: { ...BUNDLED_ENV, ...env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close') as Promise<[number | null]>;
  let out = '';
  let isEnding = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text.replaceAll('\r\r\n', '\r\n'); // a terminal adds its own
    if (isEnding || !fits.test(out)) return;
    isEnding = true;
    child.stdin?.write('\u0003');
  });
  const [status] = await closed;
  const frames = out.split(HOME).slice(1);
  return { status, out, frame: (frames.at(-1) ?? '').split(BELOW)[0]?.replaceAll(LINE_END, '\n') ?? '' };
}

const [HOME, BELOW, LINE_END] = ['\u001B[H', '\u001B[K\u001B[J', '\u001B[K\r\n'];
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l';
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l';
const BOLD = '\u001B[1m';

test.skipIf(!hasScript)('on a terminal it is one screen of its size, and Ctrl-C gives the terminal back', async () => {
  const { server, admin } = await started();
  await admin.activate('upstream-hang', { ttl: '5m' });
  const size = { columns: 72, rows: 18 };
  const plain = await onTerminal(`watch --admin ${server.admin}`, /upstream-hang\/0/, {
    ...size,
    env: { NO_COLOR: '1' },
  });
  expect(plain.status).toBe(130);
  expect(plain.out.indexOf(ENTER)).toBeGreaterThanOrEqual(0);
  expect(plain.out.trimEnd().endsWith(LEAVE)).toBe(true);
  const lines = plain.frame.split('\n');
  expect(lines.length).toBeLessThanOrEqual(18);
  expect(lines[0]).toBe(`Showstopper, world default${' '.repeat(42)}live`);
  expect(plain.frame).toMatch(/^upstream-hang\/0 +hang +100 % +(5m00s|4m\d\ds) +0 +0$/m);
  expect(plain.out).not.toContain(BOLD);
  expect((await onTerminal(`watch --admin ${server.admin}`, /upstream-hang\/0/)).out).toContain(BOLD);
});

test.skipIf(!hasScript)('play has the same screen, and leaves its lines behind when it is left', async () => {
  const { server } = await started();
  const played = await onTerminal(
    `play slow-brown-out --speed 60x --world red --admin ${server.admin}`,
    /slow-brown-out \+\d.* at 60x/,
    { env: { NO_COLOR: '1' } },
  );
  expect(played.status).toBe(130);
  expect(played.frame).toMatch(/^Showstopper, world red/);
  expect(played.out).toMatch(/^slow-brown-out plays in the world red from /m);
  expect(played.out.slice(played.out.lastIndexOf(LEAVE))).toMatch(/It goes on at the server\. To follow it again: /);
});

test.skipIf(!hasScript)(
  'rehearse has it too: the first Ctrl-C aborts before the eyes of all, and the report still comes',
  async () => {
    const { server } = await started();
    const folder = mkdtempSync(join(tmpdir(), 'on-terminal-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'long.json');
    const phases = [
      { name: 'calm', for: '50s' },
      { name: 'fault', for: '5s', on: [{ profile: 'upstream-hang' }] },
    ];
    const hypothesis = [{ metric: 'client-timeout', max: '5s', noData: 'allow' }];
    const blastRadius = { clients: ['shop'] };
    writeFileSync(file, JSON.stringify({ title: 'Long', client: 'shop', phases, hypothesis, blastRadius }));
    const rehearsed = await onTerminal(`rehearse ${file} --admin ${server.admin}`, /REHEARSAL calm, /, {
      env: { NO_COLOR: '1' },
    });
    expect(rehearsed.status).toBe(1);
    const after = rehearsed.out.slice(rehearsed.out.lastIndexOf(LEAVE));
    expect(after).toMatch(/aborting: all is healed\r\n[\s\S]*ABORTED by asked: Ctrl-C[\s\S]*The rehearsal was aborted/);
    expect(rehearsed.out.slice(0, -after.length)).toContain('aborting: all is healed');
  },
);
