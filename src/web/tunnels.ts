// Has an http server answer what node would pass by: a tunnel that nobody can have, an expectation that nobody need meet.
import type { Server } from 'node:http';
import { PROBLEM_TYPE, problem } from '../base/problem.ts';

export function refuseTunnels(server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response)); // it may (RFC 9110 10.1.1)
  server.on('connect', ({ url = '' }, socket) => {
    socket.on('error', () => {}); // node listens no more
    socket.end(refusal(url.slice(0, 200)), () => socket.destroy());
  });
}

function refusal(instance: string): string {
  const body = JSON.stringify(
    problem({
      status: 405,
      code: 'method_not_allowed',
      detail: 'CONNECT is for proxies, and this is none.',
      instance,
      requestId: '',
      retryable: false,
    }),
  );
  const head = [
    'HTTP/1.1 405 Method Not Allowed',
    `Content-Type: ${PROBLEM_TYPE}`,
    'Allow: GET, HEAD, POST, PUT, DELETE',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
