// Clients that come, ask, and leave at any moment in any way, over TCP or TLS: for tests of what is left of them.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { requestText } from '../../src/doctor/probe.ts';

export interface ClientScript {
  readonly tls: boolean;
  /** All sent at once. */
  readonly requests: readonly number[];
  /** How often they are sent; more than may be under way on one connection, or once. */
  readonly times: number;
  /** Behind them. */
  readonly tail: 'none' | 'stray' | 'nonsense' | 'half-request';
  readonly leaves: 'rst' | 'close' | 'half' | 'half-at-once' | 'stays';
  /** Milliseconds after its start. */
  readonly leavesAfter: number;
  /** Never reads an answer. */
  readonly deaf: boolean;
}

const ASKED = [
  requestText('GET', '/v1/sessions?limit=3'),
  requestText('GET', '/v1/sessions?limit=100'),
  requestText('HEAD', '/v1/sessions'),
  requestText('GET', '/v1/health', { Connection: 'close' }),
  requestText('POST', '/v1/sessions/none/reservations', {}, JSON.stringify({ customerRef: 'x' })),
  'POST /v1/sessions/none/reservations HTTP/1.1\r\nHost: u\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n',
];
const TAILS: Readonly<Record<ClientScript['tail'], string>> = {
  none: '',
  stray: '\0',
  nonsense: 'no such thing\r\n\r\n',
  'half-request': 'GET /v1/ses',
};

export const clientScript: fc.Arbitrary<ClientScript> = fc.record({
  tls: fc.boolean(),
  requests: fc.array(fc.nat(ASKED.length - 1), { maxLength: 5 }),
  times: fc.constantFrom(1, 1, 1, 1, 1, 1, 60),
  tail: fc.constantFrom('none', 'none', 'stray', 'nonsense', 'half-request'),
  leaves: fc.constantFrom('rst', 'close', 'half', 'half-at-once', 'stays'),
  leavesAfter: fc.nat(600),
  deaf: fc.boolean(),
});

/** Starts one; how to end it for good. */
export function startClient(ports: { readonly plain: number; readonly tls: number }, script: ClientScript): () => void {
  const { tls, requests, times, tail, leaves, leavesAfter, deaf } = script;
  const raw = connect({ host: '127.0.0.1', port: tls ? ports.tls : ports.plain, allowHalfOpen: true });
  const face: Socket = tls ? connectTls({ socket: raw, rejectUnauthorized: false }) : raw;
  for (const socket of new Set([raw, face])) socket.on('error', () => {});
  if (!deaf) face.resume();
  face.once(tls ? 'secureConnect' : 'connect', () => {
    face.write(
      requests
        .map((which) => ASKED[which])
        .join('')
        .repeat(times) + TAILS[tail],
    );
    if (leaves === 'half-at-once') face.end();
  });
  const leave = (): void => {
    if (leaves === 'rst') raw.resetAndDestroy();
    else if (leaves === 'close') raw.destroy();
    else if (leaves === 'half') face.end();
  };
  const timer = setTimeout(leave, leavesAfter);
  return () => {
    clearTimeout(timer);
    face.destroy();
    raw.destroy();
  };
}
