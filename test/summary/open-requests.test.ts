// When the oldest open request arrived, without a look at any.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OpenRequests } from '../../src/summary/open-requests.ts';

test('the oldest that is open is told to a tenth of a second, whichever end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.boolean()), { maxLength: 60 }), (steps) => {
      const requests = new OpenRequests();
      const open: number[] = [];
      let now = 0;
      for (const [waitMs, ends] of steps) {
        now += waitMs;
        const left = ends ? open.splice(waitMs % Math.max(1, open.length), 1)[0] : undefined;
        if (left !== undefined) requests.ended(left);
        open.push(now);
        requests.arrived(now);
        const oldest = Math.min(...open);
        expect(requests.oldestAt).toBeLessThanOrEqual(oldest);
        expect(requests.oldestAt).toBeGreaterThan(oldest - 100);
      }
      for (const at of open) requests.ended(at);
      expect(requests.oldestAt).toBeNull();
    }),
  );
});
