// A payment's token is 128 bits that follow from a secret and from what the token is for, and from nothing else.
import { expect, test } from 'vitest';
import { createCapability, TOKEN_FORM } from '../../src/payments/capability.ts';

const secret = Buffer.alloc(32, 7);
const named = { world: 'default', paymentId: 'p_s-1_abcdefgh', boxOffice: '1' };

test('a token is 22 characters of base64url, the same each time', () => {
  const token = createCapability(secret)(named);
  expect(token).toMatch(TOKEN_FORM);
  expect(Buffer.from(token, 'base64url')).toHaveLength(16);
  expect(createCapability(Buffer.from(secret))(named)).toBe(token);
});

test('another secret, world, box office or payment has another token', () => {
  const tokens = [
    createCapability(secret)(named),
    createCapability(Buffer.alloc(32, 8))(named),
    ...[
      { world: 'other' },
      { boxOffice: '2' },
      { paymentId: 'p_s-1_abcdefgj' },
      { world: 'default1', boxOffice: '' },
    ].map((changes) => createCapability(secret)({ ...named, ...changes })),
  ];
  expect(new Set(tokens).size).toBe(tokens.length);
});
