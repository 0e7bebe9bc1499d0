// The signature of a webhook, held against the public package that receivers verify with.
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { signedHeaders } from '../../src/webhooks/signature.ts';

const [key, older, stranger] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
const receiver = (own: Buffer): Webhook => new Webhook(`whsec_${own.toString('base64')}`);
const body = '{"type":"order.paid","data":{"id":"o_۱"}}';
const signed = (keys: readonly Buffer[], signature: 'good' | 'bad' = 'good') =>
  signedHeaders({ id: 'msg_1', at: Date.now(), body, signature }, keys);

describe('a webhook', () => {
  test('verifies with the secret of its client, and tells what it holds', () => {
    expect(receiver(key).verify(body, signed([key]))).toEqual(JSON.parse(body));
  });

  test('verifies with the new and with the old secret while they are rotated', () => {
    const headers = signed([key, older]);
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const own of [key, older]) expect(receiver(own).verify(body, headers)).toEqual(JSON.parse(body));
  });

  test('does not verify with another secret, another body, another id or another time', () => {
    const headers = signed([key]);
    expect(() => receiver(stranger).verify(body, headers)).toThrow(/No matching signature/);
    expect(() => receiver(key).verify(`${body} `, headers)).toThrow(/No matching signature/);
    expect(() => receiver(key).verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow(/No matching signature/);
    const earlier = String(Number(headers['webhook-timestamp']) - 10);
    expect(() => receiver(key).verify(body, { ...headers, 'webhook-timestamp': earlier })).toThrow(/No matching/);
  });

  test('that is signed badly has a signature of the right form that no secret verifies', () => {
    const headers = signed([key, older], 'bad');
    expect(headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
    for (const own of [key, older]) expect(() => receiver(own).verify(body, headers)).toThrow(/No matching signature/);
  });
});
