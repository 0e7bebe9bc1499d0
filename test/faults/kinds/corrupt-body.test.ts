// corrupt-body: as long as it should be, and not what it should be.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chance } from '../../../src/base/chance.ts';
import { corruptBody } from '../../../src/faults/kinds/corrupt-body.ts';
import { plainDelivery } from '../../../src/wire/answer/delivery.ts';
import { arrival, CAPABLE } from '../../support/arrivals.ts';
import { askList, describeKind } from '../../support/kinds.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('corrupt-body');

test('the head is true, the length too, and so many bytes are not', async () => {
  const upstream = await openUpstream();
  const honest = await askList(upstream);
  upstream.arm({ fault: 'corrupt-body', with: { bytes: 5 } });
  const sight = await askList(upstream);
  expect(sight.headers.get('content-length')).toBe(honest.headers.get('content-length'));
  expect([...sight.body].filter((byte, at) => byte !== honest.body[at])).toHaveLength(5);
  await upstream.close();
});

test('any body differs in exactly as many bytes as asked, or in all that it has', () => {
  const context = { clock: new ManualClock(), conditions: CAPABLE, standsAt: () => true, chance: new Chance(1) };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), fc.nat(), (bytes, count, key) => {
      const body = Buffer.from(bytes);
      const delivery = plainDelivery({ status: 200, headers: [], body });
      const { reply } = corruptBody.arm({ bytes: count }, context).deliver?.(delivery, arrival(), new Chance(key)) ?? {
        reply: undefined,
      };
      const spoilt = Buffer.from(reply?.body as Buffer);
      expect(spoilt).toHaveLength(body.length);
      expect(spoilt.filter((byte, at) => byte !== body[at])).toHaveLength(Math.min(count, body.length));
      expect(Buffer.from(bytes)).toEqual(body);
    }),
  );
});
