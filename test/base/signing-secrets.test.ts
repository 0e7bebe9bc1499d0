// Each client has one signing secret, shown once, and two while it is replaced.
import { expect, test } from 'vitest';
import {
  createSigningSecrets,
  MAX_SHOWN_CLIENTS,
  parseSigningSecret,
  ROTATION_MS,
} from '../../src/base/signing-secrets.ts';
import { ManualClock } from '../support/manual-clock.ts';

const OWN = `whsec_${Buffer.alloc(24, 'own').toString('base64')}`;

function secrets(configured: Record<string, string> = {}) {
  let next = 0;
  const clock = new ManualClock();
  const randomBytes = (count: number): Buffer => Buffer.alloc(count, ++next);
  return { clock, all: createSigningSecrets({ configured: new Map(Object.entries(configured)), randomBytes, clock }) };
}

test('a client that is not configured has a key of its own, whose secret is shown once', () => {
  const { all } = secrets();
  const [key, ...more] = all.keysOf('shop');
  expect(more).toEqual([]);
  expect(all.keysOf('shop')).toEqual([key]);
  expect(all.keysOf('other')).not.toEqual([key]);
  expect(parseSigningSecret(all.reveal('shop') ?? '')).toEqual(key);
  expect(all.reveal('shop')).toBeUndefined();
  expect(all.keysOf('shop')).toEqual([key]);
});

test('a configured secret signs, and is not shown', () => {
  const { all } = secrets({ shop: OWN });
  expect(all.keysOf('shop')).toEqual([Buffer.alloc(24, 'own')]);
  expect(all.reveal('shop')).toBeUndefined();
});

test('a replaced key signs for a day behind the new one', () => {
  const { all, clock } = secrets({ shop: OWN });
  const second = parseSigningSecret(all.rotate('shop'));
  expect(all.keysOf('shop')).toEqual([second, Buffer.alloc(24, 'own')]);
  clock.advance(ROTATION_MS - 1);
  expect(all.keysOf('shop')).toHaveLength(2);
  clock.advance(1);
  expect(all.keysOf('shop')).toEqual([second]);
  expect(all.reveal('shop')).toBeUndefined();
});

test('of two rotations within a day, the last two keys sign', () => {
  const { all } = secrets();
  const keys = [all.rotate('shop'), all.rotate('shop')].map(parseSigningSecret);
  expect(all.keysOf('shop')).toEqual(keys.reverse());
});

test('strangers without number take no memory and change nobody’s secret; showing theirs has an end', () => {
  const { all } = secrets();
  const mine = all.rotate('shop');
  for (let i = 1; i < MAX_SHOWN_CLIENTS; i++) all.reveal(`stranger-${i}`);
  const late = all.keysOf('late');
  expect(() => all.reveal('late')).toThrow('secrets of 10000 clients were shown');
  expect(() => all.rotate('late')).toThrow('secrets of 10000 clients were shown');
  expect(all.keysOf('late')).toEqual(late);
  expect(all.keysOf('shop')[0]).toEqual(parseSigningSecret(mine));
  expect(all.rotate('shop')).not.toBe(mine);
});

test.each([
  ['without its prefix', Buffer.alloc(32).toString('base64')],
  ['with too few bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
  ['with too many bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
  ['of base64url', `whsec_${Buffer.alloc(32, 255).toString('base64url')}`],
  ['without its padding', `whsec_${Buffer.alloc(32).toString('base64').replace('=', '')}`],
  ['with bits left over', `whsec_${Buffer.alloc(25).toString('base64').replace('A==', 'B==')}`],
  ['of nothing', 'whsec_'],
])('a secret %s is none, and is not repeated', (_, text) => {
  expect(parseSigningSecret(text)).toBeUndefined();
  expect(() => secrets({ shop: text })).toThrow(
    /^the signing secret of shop must be whsec_ and base64 of 24 to 64 bytes$/,
  );
});

test.each([24, 32, 64])('a secret of %i bytes is one', (count) =>
  expect(parseSigningSecret(`whsec_${Buffer.alloc(count, 1).toString('base64')}`)).toEqual(Buffer.alloc(count, 1)),
);
