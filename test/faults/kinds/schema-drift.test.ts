// schema-drift: valid JSON, in which a field breaks the contract.
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DRIFTS, drifted, fieldsIn } from '../../../src/faults/drift.ts';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('schema-drift');

describe('on the wire', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const first = async (drift: string, fields: string[]) => {
    upstream.arm({ fault: 'schema-drift', with: { drift, fields } });
    return (await ask(`${upstream.url}/v1/sessions?limit=2`)).body.data[0];
  };

  test('renames a field in every item of a list', async () => {
    const session = await first('rename', ['startsAt', 'available']);
    expect(session).toMatchObject({ starts_at: expect.any(String), available_v2: expect.any(Number) });
    expect(session).not.toHaveProperty('startsAt');
  });

  test('drops, nulls and retypes nested fields', async () => {
    expect((await first('drop', ['film.id'])).film).toEqual({ title: expect.any(String) });
    await upstream.heal();
    expect((await first('null', ['prices.amount'])).prices[0].amount).toBeNull();
    await upstream.heal();
    expect((await first('retype', ['prices.amount'])).prices[0].amount).toMatch(/^\d+$/);
  });

  test('armed bare, one field of each answer drifts, the same one again for the same seed', async () => {
    const url = '/v1/sessions?limit=1';
    const honest = fieldsIn((await ask(upstream.url + url)).body);
    const series = async (): Promise<string[]> => {
      const other = await openUpstream({ seed: 3 });
      other.arm({ fault: 'schema-drift', with: { drift: 'rename' } });
      const bodies: string[] = [];
      for (let i = 0; i < 8; i++) bodies.push(fieldsIn((await ask(other.url + url)).body).join());
      await other.close();
      return bodies;
    };
    const seen = await series();
    expect(await series()).toEqual(seen);
    expect(seen).not.toContain(honest.join());
    expect(new Set(seen).size).toBeGreaterThan(1);
  });
});

describe('a drift', () => {
  const documents = fc.dictionary(fc.constantFrom('a', 'bC', 'd'), fc.jsonValue(), { minKeys: 1 });

  test('of all fields spares none, and of no field changes nothing', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(...DRIFTS), (document, drift) => {
        const json = JSON.parse(JSON.stringify(document));
        expect(drifted(json, drift, [])).toEqual(json);
        const top = Object.keys(json);
        const changed = drifted(json, drift, top) as Record<string, unknown>;
        for (const name of top)
          if (json[name] !== null || drift !== 'null') expect(changed[name]).not.toEqual(json[name]);
      }),
      { numRuns: 200 },
    );
  });
});
