// duplicate-headers: two of what must be one, and they contradict each other.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { checkRule } from '../../../src/faults/check.ts';
import { askList, describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('duplicate-headers');

describe('duplicate-headers', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const valuesOf = async (name: string): Promise<string[]> => {
    const { raw } = await askList(upstream);
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    return [...head.matchAll(new RegExp(`^${name}: (.*)$`, 'gim'))].map(([, value = '']) => value.trim());
  };

  test.each(['Content-Length', 'Content-Type', 'ETag', 'Date', 'X-Request-Id', 'Retry-After'])(
    '%s comes twice, with two values, the true one first',
    async (name) => {
      const [honest] = await valuesOf(name);
      upstream.arm({ fault: 'duplicate-headers', with: { headers: [name] } });
      const [first, second, ...more] = await valuesOf(name);
      expect(more).toEqual([]);
      expect([first, second].every((value) => value !== undefined && value !== '')).toBe(true);
      expect(second).not.toBe(first);
      if (honest && !['Date', 'X-Request-Id'].includes(name)) expect(first).toBe(honest);
    },
  );

  test('the body is the true one, and the connection is kept', async () => {
    const honest = await askList(upstream);
    upstream.arm({ fault: 'duplicate-headers', with: { headers: ['Content-Type', 'ETag'] } });
    const { body, ending } = await probe({
      port: upstream.port,
      request: requestText('GET', '/v1/sessions?limit=3'),
      forMs: 200,
      linger: true,
    });
    expect([body, ending]).toEqual([honest.body, 'open']);
  });

  test.each([['Transfer-Encoding'], ['no spaces'], ['']])('the name %j is refused', (name) => {
    const rule = { fault: 'duplicate-headers', with: { headers: [name] } };
    expect(checkRule(rule, { operations: [], doors: [] })).toHaveProperty('mistakes');
  });
});
