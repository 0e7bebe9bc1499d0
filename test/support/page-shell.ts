// Runs the commands of a page as a reader would, in one shell from top to bottom, and gives what each block printed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLED_ENV, MAIN } from './bundled.ts';
import { MACHINE_ENV } from './machine-env.ts';
import type { Block } from './pages.ts';
import { ROOT } from './shipped.ts';

/** Longest that the commands of one page may take, in milliseconds. */
const MAX_PAGE_MS = 120_000;

/** Where the addresses that a page names are really served. */
export interface Served {
  readonly upstream: string;
  readonly admin: string;
}

export interface Printed {
  readonly block: Block;
  readonly out: string;
}

/** Rejects with everything printed as soon as a command fails. */
export async function runBlocks(blocks: readonly Block[], served: Served): Promise<Printed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    const file = (at: number): string => join(folder, String(at));
    const script = blocks.map(({ text }, at) => `exec > ${file(at)}\n${text}`).join('\n');
    await shell(`${PREPARE}\n${atTheirPlace(script, served)}`, served, folder);
    return blocks.map((block, at) => ({ block, out: readFileSync(file(at), 'utf8') }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `showstopper` is what the README makes of it, without npm's own start each time, of the bundle; `npm start` runs the sources. */
const PREPARE = `
set -e
showstopper() { NODE_COMPILE_CACHE=${BUNDLED_ENV.NODE_COMPILE_CACHE} node ${MAIN} "$@"; }`;

const atTheirPlace = (script: string, { upstream, admin }: Served): string =>
  script.replaceAll('http://127.0.0.1:8080', upstream).replaceAll('http://127.0.0.1:9190', admin);

async function shell(script: string, { upstream, admin }: Served, folder: string): Promise<void> {
  const env = {
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}:/usr/sbin`,
    HOME: process.env.HOME,
    TMPDIR: folder,
    NODE_COMPILE_CACHE: MACHINE_ENV.NODE_COMPILE_CACHE,
    SHOWSTOPPER_ADMIN_URL: admin,
    SHOWSTOPPER_PORT: new URL(upstream).port,
    SHOWSTOPPER_ADMIN_PORT: new URL(admin).port,
  };
  const child = spawn('bash', ['-c', script], { env, cwd: ROOT, detached: true, timeout: MAX_PAGE_MS });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const closed = once(child, 'close');
  const [status] = (await once(child, 'exit')) as [number | null];
  endGroup(child.pid);
  await closed;
  if (status !== 0) throw new Error(`ended with ${status}\n${allPrinted(folder)}\n${err}`);
}

/** What a page leaves running in the background ends with it. */
function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader);
  } catch {
    // nobody is left
  }
}

function allPrinted(folder: string): string {
  const texts: string[] = [];
  for (let at = 0; ; at++) {
    try {
      texts.push(readFileSync(join(folder, String(at)), 'utf8'));
    } catch {
      return texts.join('\n');
    }
  }
}

/** Facts that differ from run to run, under one name each; and no difference in the room between words. */
export const comparable = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/in \d+ ms/g, 'in N ms')
    .replaceAll(/[ \t\r]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();

/** Whether a text is as the page shows it, in which … stands for anything. */
export function isAsShown(out: string, shown: string): boolean {
  const parts = comparable(shown)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`).test(comparable(out));
}

/** A refusal, on a page that shows none. */
const REFUSED = /"type":"urn:showstopper:problem:/;

/** Throws with both when a block printed something else than its page shows. */
export function expectAsShown({ block, out }: Printed, path: string): void {
  const shown = block.prints ?? '…';
  if (!isAsShown(out, shown)) throw new Error(`${path}:${block.line} shows\n${shown}\nand prints\n${out}`);
  if (REFUSED.test(out)) throw new Error(`${path}:${block.line} is refused:\n${out}`);
}
