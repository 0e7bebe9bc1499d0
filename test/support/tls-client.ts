// A TLS client over a socket that is watched beneath: an RST is told from a FIN, and a farewell from a mere end.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { systemClock } from '../../src/base/clock.ts';
import { beneath } from '../../src/doctor/tls-probe.ts';

export interface TlsSight {
  /** Of the TCP connection; `open` when nothing had ended it. */
  readonly ending: 'fin' | 'rst' | 'open';
  /** A TLS alert came last: with a FIN behind it, a close_notify. */
  readonly farewell: boolean;
  /** Whether the handshake came to its end. */
  readonly secured: boolean;
  /** Code of the error that ended the client's side of TLS. */
  readonly error: string | undefined;
  /** What came through TLS, as latin1 text. */
  readonly raw: string;
  readonly status: number | undefined;
  readonly whole: boolean;
}

export interface TlsProbe extends ConnectionOptions {
  readonly port: number;
  readonly ca: string;
  readonly request?: string;
  readonly forMs: number;
  /** Keep looking after a whole answer. */
  readonly linger?: boolean;
}

/** Alerts can only be seen in TLS 1.2: later ones are hidden among the data. */
export function tlsProbe({ port, ca, request, forMs, linger = false, ...options }: TlsProbe): Promise<TlsSight> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const seen = { secured: false, error: undefined as string | undefined, raw: '' };
    const records = recordsOf(socket);
    const stop = (ending: TlsSight['ending']): void => {
      cancel();
      resolve({ ending, farewell: records.at(-1) === ALERT, ...seen, ...answerIn(seen.raw) });
      socket
        .removeAllListeners()
        .on('error', () => {})
        .destroy();
    };
    const cancel = systemClock.after(forMs, () => stop('open'));
    socket.once('end', () => setImmediate(stop, 'fin')).once('error', () => setImmediate(stop, 'rst'));
    const secured = connectTls({
      socket: beneath(socket),
      ca,
      servername: 'localhost',
      maxVersion: 'TLSv1.2',
      ...options,
    })
      .setEncoding('latin1')
      .on('secureConnect', () => {
        seen.secured = true;
        if (request) secured.write(request);
      })
      .on('data', (text) => {
        seen.raw += text;
        if (!linger && answerIn(seen.raw).whole) stop('open');
      })
      .on('error', ({ code }: NodeJS.ErrnoException) => {
        seen.error ??= code;
        socket.end();
      });
  });
}

/** A TLS socket of today on the door, once its handshake is through. */
export async function openTls(port: number, ca: string, options: ConnectionOptions = {}) {
  const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** How connecting fails, as the code of its error. */
export async function refusalOf(port: number, options: ConnectionOptions): Promise<string> {
  const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ...options });
  const [error] = await Promise.race([once(socket, 'error'), once(socket, 'secureConnect').then(() => [{ code: '' }])]);
  socket.destroy();
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

const ALERT = 21;

/** Types of the TLS records that come, in order (RFC 5246 6.2.1). */
function recordsOf(socket: Socket): readonly number[] {
  const types: number[] = [];
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt16BE(3)) {
      types.push(rest.readUInt8(0));
      rest = rest.subarray(5 + rest.readUInt16BE(3));
    }
  });
  return types;
}

function answerIn(raw: string): Pick<TlsSight, 'status' | 'whole'> {
  const split = raw.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(raw)?.[1];
  const length = /^content-length: (\d+)\r$/im.exec(raw)?.[1];
  const whole = split >= 0 && raw.length - split - 4 >= Number(length ?? 0);
  return { status: status === undefined ? undefined : Number(status), whole };
}
