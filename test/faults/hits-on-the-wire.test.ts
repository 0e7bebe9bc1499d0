// Of any two rules on one request: what the journal calls a hit shows in a comparison with what goes out without that rule.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe, requestText, type Sight } from '../../src/doctor/probe.ts';
import { PLACES } from '../../src/faults/fault.ts';
import { faultByName } from '../../src/faults/registry.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

/** One for each set of rules that is compared, so that they are looked at beside each other. */
let upstreams: readonly OpenUpstream[];
let requests: readonly string[];
beforeAll(async () => {
  upstreams = await Promise.all(Array.from({ length: 4 }, () => openUpstream()));
  const { body } = await probe({ port: upstreams[0]?.port ?? 0, request: REQUESTS.list, forMs: 1_000 });
  const seatMap = `/v1/sessions/${JSON.parse(body).data[0].id}/seat-map`;
  requests = [...Object.values(REQUESTS), requestText('GET', seatMap, { 'X-Request-Id': 'same' })];
});
afterAll(() => Promise.all(upstreams.map((upstream) => upstream.close())));

/** Those whose doing a client sees in one answer, without a clock. */
const RULES: readonly Rule[] = [
  { fault: 'hang' },
  { fault: 'error-status' },
  { fault: 'error-status', with: { status: 204 } },
  { fault: 'congestion-page' },
  { fault: 'maintenance' },
  { fault: 'rate-limit', with: { quota: 1_000_000, window: '1h' } },
  { fault: 'concurrency-limit' },
  { fault: 'partial-outage', with: { nodes: 2, bad: 1 } },
  { fault: 'failed-after-work' },
  { fault: 'error-in-200' },
  { fault: 'false-sold-out' },
  { fault: 'wrong-discount' },
  { fault: 'lost-reply' },
  { fault: 'lost-reply', with: { afterBytes: 40 } },
  { fault: 'hang-after-work' },
  { fault: 'stall-body' },
  { fault: 'truncated-body', with: { afterBytes: 10 } },
  { fault: 'empty-reply' },
  { fault: 'garbage' },
  { fault: 'corrupt-body' },
  { fault: 'wrong-length' },
  { fault: 'wrong-length', with: { mode: 'short' } },
  { fault: 'duplicate-headers' },
  { fault: 'wrong-content-type' },
  { fault: 'schema-drift' },
  { fault: 'skewed-clock' },
];
/** Whether a work was done is seen in no answer, and what a head says of time, request or process is another each time. */
const comparable = ({ raw, ending }: Sight): string =>
  `${ending} ${raw
    .replaceAll(/^(date|x-request-id|ratelimit|ratelimit-policy): .*$/gim, '')
    .replaceAll(/"requestId":"[^"]*"/g, '')
    .replaceAll(/^(etag: ")\w+/gim, '$1')}`;

/** A request comes to what is done before the work first, whatever the order of the rules. */
const placeOf = ({ fault }: Rule): number => PLACES.indexOf(faultByName.get(fault)?.at[0] ?? 'arrive');

const REQUESTS = {
  list: requestText('GET', '/v1/sessions?limit=2', { 'X-Request-Id': 'same' }),
  head: requestText('HEAD', '/v1/sessions?limit=2', { 'X-Request-Id': 'same' }),
  nothing: requestText('GET', '/v1/nothing-here', { 'X-Request-Id': 'same' }),
  options: requestText('OPTIONS', '/v1/sessions', { 'X-Request-Id': 'same' }),
};

/** What shows on the wire does so within this time after the answer is out or held. */
const WHILE_MS = 40;
const SOON = { interval: 2, timeout: 20_000 };

/** Looks until the answer is out or held, and then at what the wire shows within a while. */
async function watch(request: string, { port, world }: OpenUpstream): Promise<Sight> {
  const before = world.journal.query({ limit: 1 }).data[0]?.seq;
  const stop = new AbortController();
  const watched = probe({ port, request, forMs: 30_000, linger: true, signal: stop.signal });
  await expect
    .poll(() => {
      const [entry] = world.journal.query({ limit: 1 }).data;
      return entry !== undefined && entry.seq !== before && (entry.ended !== null || world.holds.size > 0);
    }, SOON)
    .toBe(true);
  setTimeout(() => stop.abort(), WHILE_MS);
  return watched;
}

test('a hit differs from what the rules before it alone give, and is not undone by those behind it', async () => {
  type Seen = Awaited<ReturnType<typeof seen>>;
  const seen = async (request: string, rules: readonly Rule[], upstream: OpenUpstream) => {
    upstream.arm(...rules);
    const sight = await watch(request, upstream);
    await upstream.heal();
    const entry = upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];
    const worked = entry?.workedAt !== null;
    return { seen: `${comparable(sight)} ${worked}`, hits: entry?.hits.map(({ rule }) => rule) ?? [], entry };
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...requests),
      fc.shuffledSubarray(RULES as Rule[], { minLength: 2, maxLength: 2 }),
      async (request, pair) => {
        const [one, other] = pair.toSorted((a, b) => placeOf(a) - placeOf(b));
        const rules = [
          { ...(one as Rule), id: 'one' },
          { ...(other as Rule), id: 'other' },
        ];
        const [both, none, first, second] = (await Promise.all(
          [rules, [], rules.slice(0, 1), rules.slice(1)].map((some, i) =>
            seen(request, some, upstreams[i] as OpenUpstream),
          ),
        )) as [Seen, Seen, Seen, Seen];
        const isHit = (id: string): boolean =>
          both.hits.includes(id) && rules.find((rule) => rule.id === id)?.fault !== 'skewed-clock'; // its Date was taken out
        if (isHit('one')) expect(first.seen, JSON.stringify(rules)).not.toBe(none.seen);
        if (isHit('one') && first.seen !== both.seen) expect(second.seen, JSON.stringify(rules)).not.toBe(both.seen);
        if (isHit('other')) expect(both.seen, JSON.stringify(rules)).not.toBe(first.seen);
        const { hits = [], inapplicable = [], spared = [], limited = [] } = both.entry ?? {};
        const words = [...hits, ...inapplicable, ...spared, ...limited].map(({ rule }) => rule);
        expect(new Set(words).size).toBe(words.length);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
