// A real HAProxy as a bulkhead in front of the upstream: so many calls at once, and a short queue for the rest.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { DEBIAN_PATH as PATH, until } from './nginx.ts';

export interface HaproxyLimits {
  readonly maxconn: number;
  readonly queueMs: number;
  /** `timeout connect`; a second if unset. */
  readonly connectMs?: number;
  /** `timeout server`; a minute if unset. */
  readonly serverMs?: number;
}

export interface Haproxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** What `haproxy -v` says first; undefined where there is none. */
export function haproxyVersion(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'exec haproxy -v 2>&1'], { env: { PATH }, encoding: 'utf8' }).split('\n')[0];
  } catch {
    return undefined;
  }
}

/** Starts it on a free loopback port; a call waits for a place for at most `queueMs`, then it is a 503. */
export async function startHaproxy(upstream: string, limits: HaproxyLimits): Promise<Haproxy> {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-haproxy-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const config = join(folder, 'haproxy.cfg');
  writeFileSync(config, configText(new URL(url).host, new URL(upstream).host, limits));
  const child = spawn('haproxy', ['-db', '-f', config], { env: { PATH }, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('HAProxy answers', async () => (await fetch(`${url}/v1/health`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

const configText = (
  bind: string,
  upstream: string,
  { maxconn, queueMs, connectMs = 1000, serverMs = 60_000 }: HaproxyLimits,
) => `
global
  maxconn 200
defaults
  mode http
  timeout connect ${connectMs}ms
  timeout client 60s
  timeout server ${serverMs}ms
  timeout queue ${queueMs}ms
listen upstream
  bind ${bind}
  server one ${upstream} maxconn ${maxconn}
`;
