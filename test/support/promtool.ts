// Prometheus's own tool, which reads rules as Prometheus does and plays them against series.
import { execFile, execFileSync } from 'node:child_process';
import { DEBIAN_PATH as PATH } from './nginx.ts';

/** What `promtool --version` says first; undefined where there is none. */
export function promtoolVersion(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'exec promtool --version 2>&1'], { env: { PATH }, encoding: 'utf8' }).split(
      '\n',
    )[0];
  } catch {
    return undefined;
  }
}

/** Its exit status and all that it printed. */
export function promtool(...args: readonly string[]): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile('promtool', [...args], { env: { PATH }, encoding: 'utf8' }, (error, stdout, stderr) => {
      const status = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ status, output: stdout + stderr });
    });
  });
}
