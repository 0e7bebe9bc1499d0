// A thread that judges the clients of one stretch of time; it knows nothing else.
import { parentPort } from 'node:worker_threads';
import { Dossiers } from './dossiers.ts';
import type { ToThread } from './scoring.ts';

const dossiers = new Dossiers();

parentPort?.on('message', (message: ToThread) => {
  if ('circumstances' in message) parentPort?.postMessage(dossiers.score(message.circumstances));
  else dossiers.take(message);
});
