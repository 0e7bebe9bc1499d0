// The load process: does one job at a time for main.ts, in a process of its own so that a server never waits for us.
import { closedLoop } from './load/closed-loop.ts';
import { holdOpen, letGo } from './load/hold-open.ts';
import type { Done, Job } from './load/jobs.ts';
import { openLoop } from './load/open-loop.ts';

function perform(job: Job): Done<Job> | Promise<Done<Job>> {
  switch (job.kind) {
    case 'closed':
      return closedLoop(job);
    case 'open':
      return openLoop(job);
    case 'hold':
      return holdOpen(job);
    case 'let-go':
      return letGo();
  }
}

process.on('message', async (job: Job) => {
  try {
    process.send?.({ done: await perform(job) });
  } catch (error) {
    process.send?.({ failed: (error as Error).message });
  }
});
process.on('disconnect', () => process.exit());
