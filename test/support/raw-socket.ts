// A raw socket for tests that say several things on one connection and watch what becomes of it.
import { connect, type Socket } from 'node:net';

/** Answers come within this, also on a machine with much to do. */
const PATIENT_MS = 30_000;

export interface RawSocket {
  readonly socket: Socket;
  /** All that came, as latin1 text. */
  readonly heard: string;
  /** Status lines that came. */
  readonly answered: number;
  readonly ending: 'open' | 'fin' | 'rst';
  /** Resolves when so many answers have begun. */
  answers(count: number): Promise<void>;
}

/** Connects with both halves its own: a FIN from the other side does not end ours. */
export async function openRaw(port: number, localAddress?: string): Promise<RawSocket> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    allowHalfOpen: true,
    noDelay: true,
    ...(localAddress && { localAddress }),
  });
  const raw = {
    socket,
    heard: '',
    ending: 'open' as RawSocket['ending'],
    get answered() {
      return raw.heard.split('HTTP/1.1 ').length - 1;
    },
    async answers(count: number) {
      for (const until = performance.now() + PATIENT_MS; raw.answered < count; ) {
        if (raw.ending !== 'open' || performance.now() > until)
          throw new Error(`${raw.answered} of ${count} answers came, and the connection is ${raw.ending}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
  };
  socket.setEncoding('latin1').on('data', (text) => {
    raw.heard += text;
  });
  socket.on('end', () => {
    if (raw.ending === 'open') raw.ending = 'fin';
  });
  socket.on('error', () => {
    raw.ending = 'rst';
  });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()).once('error', () => resolve()));
  return raw;
}
