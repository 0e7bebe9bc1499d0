// A real nginx as a seller's edge: the upstream under /upstream/ and its /v1/ as it is, a page of its own at /about, and small limits.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** Debian puts servers where only root looks. */
export const DEBIAN_PATH = `${process.env.PATH}:/usr/local/sbin:/usr/sbin`;

export const ABOUT = 'Who we are, and when our doors open.\n';

export interface Limits {
  readonly workerConnections: number;
  readonly openFiles: number;
  /** `proxy_read_timeout`. */
  readonly readTimeout: string;
  /** `proxy_connect_timeout`; nginx's own minute if unset. */
  readonly connectTimeout?: string;
  /** Connections to the upstream that it keeps in its pool; unset: none. */
  readonly keepAlive?: number;
}

export interface Nginx {
  readonly url: string;
  /** Sockets that its worker holds, listeners included. */
  sockets(): number;
  /** What it wrote into its error log so far. */
  complaints(): string;
  /** Takes other limits without going down; resolves when a new worker has taken over. */
  reload(limits: Limits): Promise<void>;
  stop(): Promise<void>;
}

/** What `nginx -v` says; undefined where there is no nginx, or no /proc to count its sockets in. */
export function nginxVersion(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return execFileSync('sh', ['-c', 'exec nginx -v 2>&1'], { env: { PATH: DEBIAN_PATH }, encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Starts it on a free loopback port; rejects with its error log when it does not come up. */
export async function startNginx(upstream: string, limits: Limits): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-nginx-'));
  chmodSync(folder, 0o755); // its worker may be another user
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'site/about'), ABOUT);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'nginx.conf');
  const write = (wanted: Limits): void => writeFileSync(config, configText({ folder, port, upstream, ...wanted }));
  write(limits);
  const errorLog = join(folder, 'error.log');
  const child = spawn('nginx', ['-p', folder, '-e', errorLog, '-c', config, '-g', 'daemon off;'], {
    env: { PATH: DEBIAN_PATH },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const complaints = (): string => readFileSync(errorLog, 'utf8');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('nginx answers', async () => (await fetch(`${url}/about`)).ok);
  } catch (error) {
    const said = complaints();
    await stop();
    throw new Error(`nginx did not come up:\n${said}`, { cause: error });
  }
  return {
    url,
    sockets: () => workersOf(child).reduce((sum, pid) => sum + socketsOf(pid), 0),
    complaints,
    async reload(wanted) {
      const old = workersOf(child);
      write(wanted);
      child.kill('SIGHUP');
      await until('a new worker is alone', async () => {
        const now = workersOf(child);
        return now.length === 1 && now.every((pid) => !old.includes(pid)) && (await fetch(`${url}/about`)).ok;
      });
    },
    stop,
  };
}

interface Site extends Limits {
  readonly folder: string;
  readonly port: number;
  readonly upstream: string;
}

const configText = ({
  folder,
  port,
  upstream,
  workerConnections,
  openFiles,
  readTimeout,
  connectTimeout = '60s',
  keepAlive = 0,
}: Site): string => `
worker_processes 1;
worker_rlimit_nofile ${openFiles};
worker_shutdown_timeout 1s;
pid ${folder}/nginx.pid;
events { worker_connections ${workerConnections}; }
http {
  access_log off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
${keepAlive > 0 ? `  upstream pooled { server ${new URL(upstream).host}; keepalive ${keepAlive}; }\n  proxy_http_version 1.1;\n  proxy_set_header Connection '';\n` : ''}  server {
    listen 127.0.0.1:${port};
    proxy_connect_timeout ${connectTimeout};
    location = /about { root ${folder}/site; }
    location /v1/ { proxy_pass ${keepAlive > 0 ? 'http://pooled' : upstream}; proxy_read_timeout ${readTimeout}; }
    location /upstream/ { proxy_pass ${keepAlive > 0 ? 'http://pooled' : upstream}/; proxy_read_timeout ${readTimeout}; }
  }
}
`;

function workersOf({ pid }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(join(folder, fd)).startsWith('socket:');
    } catch {
      return false; // closed meanwhile
    }
  }).length;
}

/** Asks until it is so; errors count as no. Rejects when it is not in time. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs;
  for (;;) {
    const so = await Promise.resolve()
      .then(isSo)
      .catch(() => false);
    if (so) return;
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(10);
  }
}
