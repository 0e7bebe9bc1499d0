#!/usr/bin/env node
// The command `showstopper`: prepares for a fast start before anything else is loaded, and sets the exit status.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv.slice(2));
