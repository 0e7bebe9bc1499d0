// Bare Koa in one file, answering kept bytes; `/hang` is never answered, `/held` says how many are.
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { KeptAnswers } from './answers.ts';

const answers = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as KeptAnswers;
const ready = new Map(
  Object.entries(answers).map(([path, { status, headers, body }]) => [
    path,
    { status, headers: Object.fromEntries(headers), body },
  ]),
);
let held = 0;

const app = new Koa();
app.silent = true;
app.use(async (ctx) => {
  const answer = ready.get(ctx.url);
  if (answer) {
    ctx.status = answer.status;
    ctx.set(answer.headers);
    ctx.body = answer.body;
  } else if (ctx.url === '/hang') {
    held++;
    await new Promise(() => {});
  } else if (ctx.url === '/held') {
    ctx.body = String(held);
  }
});
const server = app.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'ready', upstream: `http://127.0.0.1:${port}` })}\n`);
});
