// The yardstick: node:http and nothing else, answering kept bytes; `/hang` is never answered, `/held` says how many are.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeptAnswers } from './answers.ts';

const answers = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as KeptAnswers;
const ready = new Map(
  Object.entries(answers).map(([path, { status, headers, body }]) => {
    const length = String(Buffer.byteLength(body));
    return [path, { status, head: [...headers.flat(), 'Content-Length', length], body }];
  }),
);
let held = 0;

const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
  const answer = ready.get(request.url as string);
  if (answer) response.writeHead(answer.status, answer.head).end(answer.body);
  else if (request.url === '/hang') held++;
  else if (request.url === '/held') response.end(String(held));
  else response.writeHead(404).end();
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'ready', upstream: `http://127.0.0.1:${port}` })}\n`);
});
