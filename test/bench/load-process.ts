// Our end of the load process: one job at a time.
import { fileURLToPath } from 'node:url';
import { end, startNode } from './children.ts';
import type { Done, Job } from './load/jobs.ts';

export interface LoadProcess {
  run<J extends Job>(job: J): Promise<Done<J>>;
  stop(): Promise<void>;
}

type Message = { readonly done: Done<Job> } | { readonly failed: string };

export function startLoad(): LoadProcess {
  const child = startNode([fileURLToPath(new URL('load.ts', import.meta.url))], { part: 'load', ipc: true });
  child.stdout?.resume();
  return {
    run: <J extends Job>(job: J) =>
      new Promise<Done<J>>((resolve, reject) => {
        const gone = (): void => reject(new Error('the load process has ended'));
        child.once('exit', gone);
        child.once('message', (message: Message) => {
          child.off('exit', gone);
          if ('failed' in message) reject(new Error(`load: ${message.failed}`));
          else resolve(message.done as Done<J>);
        });
        child.send(job);
      }),
    stop: () => end(child),
  };
}
