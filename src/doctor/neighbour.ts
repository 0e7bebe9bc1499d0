// Another client's connection: it is served once, and then it stays where it is.
import { connect } from 'node:net';
import { systemClock } from '../base/clock.ts';
import { type ProbeOptions, readAnswer } from './probe.ts';

/** Resolves once its request is answered, or when it is not within the time; the function lets the connection go. Never rejects. */
export function keepOne({ host = '127.0.0.1', port, request, forMs }: ProbeOptions): Promise<() => void> {
  return new Promise((resolve) => {
    let raw = '';
    const socket = connect({ host, port, noDelay: true }, () => socket.write(request));
    const done = (): void => {
      cancel();
      resolve(() => socket.destroy());
    };
    const cancel = systemClock.after(forMs, done);
    socket
      .setEncoding('latin1')
      .on('data', (text) => {
        raw += text;
        if (readAnswer(raw).whole) done();
      })
      .on('error', done)
      .on('close', done);
  });
}
