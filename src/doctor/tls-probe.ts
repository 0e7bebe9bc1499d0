// A TLS client over a socket that is watched beneath: an RST is told from a FIN, and a handshake that stalls from one that fails.
import { connect, isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { systemClock } from '../base/clock.ts';
import { type Mark, readAnswer, type Sight, type WireEnding } from './probe.ts';

export interface TlsSight extends Sight {
  /** Why the client gave up, as a code: of its certificate check, mostly. */
  readonly error: string | undefined;
}

export interface TlsProbeOptions {
  readonly host: string;
  readonly port: number;
  /** What is trusted, as PEM; unset: what this system trusts. */
  readonly ca: string | undefined;
  /** Sent once the handshake is through. */
  readonly request: string;
  /** Stops looking after this time. */
  readonly forMs: number;
  /** After a whole answer it looks on for so long. */
  readonly lingerMs: number;
  /** Stops looking at once. */
  readonly signal?: AbortSignal | undefined;
}

/** Connects, shakes hands, asks, and watches the TCP connection underneath. Never rejects. */
export function tlsProbe({ host, port, ca, request, forMs, lingerMs, signal }: TlsProbeOptions): Promise<TlsSight> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const began = systemClock.ticks();
    const since = (): number => systemClock.ticks() - began;
    const times: { connectMs?: number; firstByteMs?: number; wholeMs?: number } = {};
    let raw = '';
    let error: string | undefined;
    const marks: Mark[] = [];
    const stop = (ending: WireEnding): void => {
      for (const cancel of cancels) cancel();
      const { connectMs, firstByteMs, wholeMs } = times;
      signal?.removeEventListener('abort', abort);
      const watchedMs = since();
      const endMs = ending === 'open' ? undefined : watchedMs;
      const self = { beganAt: began, localAddress: socket.localAddress, marks };
      resolve({ ending, raw, ...readAnswer(raw), error, connectMs, firstByteMs, wholeMs, endMs, watchedMs, ...self });
      socket.removeAllListeners().on('error', () => {});
      socket.destroy();
    };
    const abort = (): void => stop('open');
    const cancels = [systemClock.after(forMs, () => stop(times.connectMs === undefined ? 'unanswered' : 'open'))];
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    socket
      .on('connect', () => {
        times.connectMs = since();
      })
      .on('end', () => stop('fin'))
      .on('error', ({ code }: NodeJS.ErrnoException) => stop(code === 'ECONNREFUSED' ? 'refused' : 'rst'));
    const secured = connectTls({ socket: beneath(socket), ca, host, ...(isIP(host) === 0 && { servername: host }) });
    secured
      .setEncoding('latin1')
      .on('secureConnect', () => secured.write(request))
      .on('data', (text) => {
        times.firstByteMs ??= since();
        raw += text;
        marks.push({ atMs: since(), bytes: raw.length });
        if (times.wholeMs !== undefined || !readAnswer(raw).whole) return;
        times.wholeMs = since();
        cancels.push(systemClock.after(lingerMs, () => stop('open')));
      })
      .on('error', ({ code }: NodeJS.ErrnoException) => {
        error ??= code;
        socket.end();
      });
  });
}

/** A stream in JavaScript, so that all bytes pass through the socket's own events. */
export function beneath(socket: Socket): Duplex {
  const stream = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => void socket.write(chunk, () => done()),
    final: (done) => void socket.end(() => done()),
  });
  socket.on('data', (chunk) => stream.push(chunk)).on('end', () => stream.push(null));
  return stream.on('error', () => {});
}
