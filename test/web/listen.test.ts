// The admin listener: where it is, why it is not, and how fast it is gone.
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Listening, listen, urlOf } from '../../src/web/listen.ts';

const hello: RequestListener = (_request, response) => response.end('hello');
const opened: Listening[] = [];
const start = async (handler: RequestListener = hello, more = {}): Promise<Listening> => {
  const listening = await listen(handler, { host: '127.0.0.1', port: 0, ...more });
  opened.push(listening);
  return listening;
};
afterEach(() => Promise.all(opened.splice(0).map((listening) => listening.close())));

describe('opening', () => {
  test('port 0 takes a free one and tells it', async () => {
    const { url, port } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  test('everywhere is shown as an address that can be called', () => {
    expect(urlOf('0.0.0.0', 1)).toBe('http://127.0.0.1:1');
    expect(urlOf('::', 1)).toBe('http://[::1]:1');
    expect(urlOf('admin.local', 1)).toBe('http://admin.local:1');
  });

  test('a port in use is named with the setting to change', async () => {
    const { port } = await start();
    await expect(listen(hello, { host: '127.0.0.1', port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: the port is in use; set SHOWSTOPPER_ADMIN_PORT to another one`,
    );
  });

  test('an address that is not of this machine is named too', async () => {
    const settings = { host: 'OUR_HOST', port: 'OUR_PORT' };
    await expect(listen(hello, { host: '192.0.2.1', port: 0, settings })).rejects.toThrow(
      'cannot listen on 192.0.2.1:0: this machine does not have that address; set OUR_HOST to one it has',
    );
  });
});

test('what goes wrong later is told and does not end the process', async () => {
  const failures: Error[] = [];
  const { server, url } = await start(hello, { failed: (error: Error) => failures.push(error) });
  server.emit('error', new Error('accept EMFILE'));
  expect(failures).toHaveLength(1);
  expect((await fetch(url)).status).toBe(200);
});

describe('closing', () => {
  test('cuts silent, idle and streaming connections at once', async () => {
    const listening = await start((request, response) => {
      if (request.url === '/stream') response.write('data: 1\n\n');
      else response.end('done');
    });
    const silent = connect(listening.port, '127.0.0.1');
    const idle = connect(listening.port, '127.0.0.1');
    const streaming = connect(listening.port, '127.0.0.1');
    idle.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    streaming.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
    await Promise.all([once(silent, 'connect'), once(idle, 'data'), once(streaming, 'data')]);
    const gone = [silent, idle, streaming].map((socket) =>
      once(
        socket.resume().on('error', () => {}),
        'close',
      ),
    );
    await listening.close();
    await Promise.all(gone);
    await expect(fetch(listening.url)).rejects.toThrow();
  });

  test('may be asked for twice', async () => {
    const listening = await start();
    await listening.close();
    await expect(listening.close()).resolves.toBeUndefined();
  });
});
