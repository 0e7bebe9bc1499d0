// The one way out, at real receivers: addresses that were checked are those that are called, nothing is followed, all is bounded.
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type HostPattern, parseHostPattern } from '../../src/base/host-pattern.ts';
import {
  MAX_ANSWER_BYTES,
  MAX_UNDER_WAY,
  Outbound,
  type OutboundSettings,
  TIMEOUT_MS,
} from '../../src/web/outbound.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { receiver } from '../support/receivers.ts';

function outbound(settings: Partial<OutboundSettings> & { readonly listed?: readonly string[] } = {}): Outbound {
  const hosts = (settings.listed ?? []).map((text) => parseHostPattern(text) as HostPattern);
  const made = new Outbound({ clock: systemClock, hosts, setting: 'SHOWSTOPPER_WEBHOOK_HOSTS', ...settings });
  onTestFinished(() => made.close());
  return made;
}

const calling = (url: URL, body = '{}') => ({ url, headers: { 'content-type': 'application/json' }, body });
const named = (name: string, port: number): URL => new URL(`http://${name}:${port}/hook`);

describe('a call', () => {
  test('is posted whole, and its status told', async () => {
    const { url, received } = await receiver((response) => response.writeHead(202).end('thanks'));
    expect(await outbound().post(calling(url, '{"a":"é"}'))).toMatchObject({ status: 202 });
    expect(received).toMatchObject([{ path: '/hook', body: '{"a":"é"}', headers: { 'content-length': '10' } }]);
  });

  test('uses the connection of the one before', async () => {
    const { url, received, connections } = await receiver();
    const way = outbound();
    for (let i = 0; i < 20; i++) await way.post(calling(url));
    expect([received.length, connections()]).toEqual([20, 1]);
  });

  test('is made once more where a kept connection is cut as it is used', async () => {
    let answered = 0;
    const { url, received } = await receiver((response) => {
      if (++answered === 2) response.socket?.resetAndDestroy();
      else response.end();
    });
    const way = outbound();
    expect(await way.post(calling(url))).toMatchObject({ status: 200 });
    expect(await way.post(calling(url))).toMatchObject({ status: 200 });
    expect(received).toHaveLength(3);
  });

  test('that is refused or cut says so in words', async () => {
    const { url } = await receiver((response) => response.socket?.resetAndDestroy());
    expect(await outbound().post(calling(url))).toEqual({ error: 'the connection was reset' });
    expect(await outbound().post(calling(named('127.0.0.1', 1)))).toEqual({ error: 'the connection was refused' });
  });

  test('to a user and password in the URL carries them as Basic', async () => {
    const { url, received } = await receiver();
    await outbound().post(calling(new URL(`http://me:pass@${url.host}/hook`)));
    expect(received[0]?.headers.authorization).toBe(`Basic ${btoa('me:pass')}`);
  });
});

describe('a redirect', () => {
  test.each(['http://169.254.169.254/', 'http://10.0.0.1/', '/elsewhere'])(
    'to %s is not followed',
    async (location) => {
      const { url, received } = await receiver((response) => response.writeHead(307, { location }).end());
      expect(await outbound().post(calling(url))).toMatchObject({ status: 307 });
      expect(received.map(({ path }) => path)).toEqual(['/hook']);
    },
  );
});

describe('a name', () => {
  test('is resolved once for a connection, and that address is called', async () => {
    const { port, received } = await receiver();
    let asked = 0;
    const resolve = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    const way = outbound({ listed: ['shop.test'], resolve });
    expect(await way.post(calling(named('shop.test', port)))).toMatchObject({ status: 200 });
    expect(await way.post(calling(named('shop.test', port)))).toMatchObject({ status: 200 });
    expect([asked, received.length]).toEqual([1, 2]);
    expect(received[0]?.headers.host).toBe(`shop.test:${port}`);
  });

  test('that has another address by the next connection is checked anew', async () => {
    const { port, received } = await receiver((response) => response.writeHead(200, { connection: 'close' }).end());
    let asked = 0;
    const resolve = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    const way = outbound({ listed: ['shop.test'], resolve });
    expect(await way.post(calling(named('shop.test', port)))).toMatchObject({ status: 200 });
    expect(await way.post(calling(named('shop.test', port)))).toMatchObject({
      error: expect.stringMatching(/never called/),
    });
    expect(received).toHaveLength(1);
  });

  test('with one good address and one that may not be called reaches neither', async () => {
    const { port, connections } = await receiver();
    const resolve = async () => ['127.0.0.1', '169.254.169.254'].map((address) => ({ address, family: 4 }));
    const sent = await outbound({ listed: ['shop.test'], resolve }).post(calling(named('shop.test', port)));
    expect(sent).toMatchObject({ error: expect.stringMatching(/169.254.169.254, which is link-local/) });
    expect(connections()).toBe(0);
  });

  test('that cannot be resolved says so, and one that is not listed is not even asked for', async () => {
    let asked = 0;
    const resolve = async () => {
      asked++;
      throw new Error('getaddrinfo ENOTFOUND shop.test');
    };
    const way = outbound({ listed: ['shop.test'], resolve });
    expect(await way.post(calling(named('shop.test', 80)))).toEqual({ error: 'getaddrinfo ENOTFOUND shop.test' });
    expect(await way.post(calling(named('other.test', 80)))).toMatchObject({
      error: expect.stringMatching(/add it there/),
    });
    expect(asked).toBe(1);
  });
});

describe('an answer', () => {
  test('that goes on and on is read so far and no further; its status counts', async () => {
    let written = 0;
    const { url } = await receiver((response) => {
      const chunk = Buffer.alloc(16_384);
      const more = (): void => {
        while (!response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) break;
        }
      };
      response.on('drain', more);
      more();
    });
    expect(await outbound().post(calling(url))).toMatchObject({ status: 200 });
    expect(written).toBeGreaterThan(MAX_ANSWER_BYTES);
  });

  test('that does not come within 15 s is none', async () => {
    const clock = new ManualClock();
    const { url, received } = await receiver(() => {});
    const sent = outbound({ clock }).post(calling(url));
    await expect.poll(() => received.length).toBe(1);
    clock.advance(TIMEOUT_MS - 1);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(await sent).toEqual({ error: 'no whole answer within 15 s' });
    expect(clock.pending).toBe(0);
  });
});

describe('calls under way', () => {
  test('end when they are no longer wanted', async () => {
    const { url, received } = await receiver(() => {});
    const unwanted = new AbortController();
    const sent = outbound().post({ ...calling(url), signal: unwanted.signal });
    await expect.poll(() => received.length).toBe(1);
    unwanted.abort();
    expect(await sent).toEqual({ error: 'The operation was aborted' });
  });

  test('are bounded, and end when the way is closed', async () => {
    const { url, received } = await receiver(() => {});
    const way = outbound();
    const sent = Array.from({ length: MAX_UNDER_WAY }, () => way.post(calling(url)));
    expect(await way.post(calling(url))).toMatchObject({ error: expect.stringMatching(/^not sent: 96 calls/) });
    await expect.poll(() => received.length).toBe(MAX_UNDER_WAY);
    way.close();
    expect(await Promise.all(sent)).toEqual(Array(MAX_UNDER_WAY).fill({ error: 'not finished: the server stopped' }));
  });
});
