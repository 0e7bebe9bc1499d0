#!/usr/bin/env node
// The command `showstopper`: tells an old Node so in a sentence; else prepares for a fast start before anything is loaded, and sets the exit status.
import { complaintAbout } from '../base/node-version.ts';
import { EXIT } from './exit-status.ts';

const complaint = complaintAbout(process.versions.node);
if (complaint === undefined) await start();
else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = EXIT.badInput;
}

async function start(): Promise<void> {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
}
