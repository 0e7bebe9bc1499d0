// Where the calls of a client go: into a world, or to the process.
import { expect, test } from 'vitest';
import { WORLD_NAME, WORLD_NAME_FORM } from '../../src/director/worlds-port.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import * as address from '../../src/sdk/world-address.ts';

const { addressesOf } = address;
const url = 'http://127.0.0.1:9190';

test('names are written as the server takes them', () => {
  expect(address.WORLD_NAME).toEqual(WORLD_NAME);
  expect(address.WORLD_NAME_FORM).toBe(WORLD_NAME_FORM);
});

test('a world is named by itself or by the URL, and the process is at the root of both', () => {
  const both = { process: { url, token: 't' }, world: { url: `${url}/w/test-17`, token: 't' } };
  expect(addressesOf({ url, token: 't', world: 'test-17' })).toEqual(both);
  expect(addressesOf({ url: `${url}//`, token: 't', world: 'test-17' })).toEqual(both);
  expect(addressesOf({ url: `${url}/w/test-17/`, token: 't' })).toEqual(both);
  expect(addressesOf({ url: `${url}/w/test-17`, token: 't', world: 'test-17' })).toEqual(both);
});

test('without one both go to the same place, below any path that the URL has', () => {
  expect(addressesOf({ url: `${url}/showstopper/` }).world.url).toBe(`${url}/showstopper`);
  expect(addressesOf({ url: `${url}/showstopper`, world: 'a' })).toMatchObject({
    process: { url: `${url}/showstopper` },
    world: { url: `${url}/showstopper/w/a` },
  });
});

test.each(['', 'Test', '-a', 'a_b', 'a/b', '../x', 'a'.repeat(64)])(
  'the name %j is refused before anything is asked, with how names are written',
  (world) => {
    const form = 'the name of a world is 1 to 63 of a-z, 0-9 and -, not beginning with -, got ';
    expect(() => createAdminClient({ url, world })).toThrow(new TypeError(`${form}${JSON.stringify(world)}`));
    expect(() => createAdminClient({ url }).world(world)).toThrow(TypeError);
  },
);

test('a URL that leads into another world, or into none that can be, is refused', () => {
  expect(() => addressesOf({ url: `${url}/w/a`, world: 'b' })).toThrow(/world b is asked for, .* into the world a$/);
  expect(() => addressesOf({ url: `${url}/w/Team_A` })).toThrow(/the name of a world is .* got "Team_A"/);
});
