// Many raw clients that ask and leave, for tests of what is left of them.
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { openRaw, type RawSocket } from './raw-socket.ts';

/** So many, all of which have said `text`. */
export async function manyRaw(port: number, count: number, text: string): Promise<RawSocket[]> {
  const all = await Promise.all(Array.from({ length: count }, () => openRaw(port)));
  for (const { socket } of all) socket.write(text);
  return all;
}

/** A TLS client that trusts anybody, its sending half apart from its other. */
export async function openTlsRaw(port: number): Promise<{ socket: TLSSocket; heard: string; ended: boolean }> {
  const beneath = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  const socket = connectTls({ socket: beneath, rejectUnauthorized: false });
  const raw = { socket, heard: '', ended: false };
  socket.setEncoding('latin1').on('data', (text) => {
    raw.heard += text;
  });
  socket.on('end', () => {
    raw.ended = true;
  });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return raw;
}
