// One call: what is answered in the place of an answer of admin, and what cannot be sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { AdminUnreachable } from '../../src/sdk/errors.ts';

/** A server that answers all with 200 and this text, as a shop's own may. */
async function answering(text: string) {
  const server = createServer((_, answer) => answer.end(text)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    admin: createAdminClient({ url: `http://127.0.0.1:${port}` }),
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

test.each(['', 'null', '7', '"hello"', '<h1>hello</h1>'])(
  'a success that is no answer of admin is told as that: %j',
  async (text) => {
    await using other = await answering(text);
    const unreachable = expect.objectContaining({ message: expect.stringContaining('is this the admin listener?') });
    await expect(other.admin.state()).rejects.toEqual(unreachable);
    await expect(other.admin.openWorld('a')).rejects.toBeInstanceOf(AdminUnreachable);
  },
);

test('a body that cannot be written as JSON is the mistake of who calls, and not of the server', async () => {
  await using other = await answering('{}');
  const body = { amount: 1n };
  await expect(other.admin.verify({ match: { body } })).rejects.toBeInstanceOf(TypeError);
});
