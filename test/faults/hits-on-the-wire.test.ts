// Of any two rules on one request: what the journal calls a hit shows in a comparison with what goes out without that rule.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe, requestText, type Sight } from '../../src/doctor/probe.ts';
import { PLACES } from '../../src/faults/fault.ts';
import { faultByName } from '../../src/faults/registry.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { PATIENT_MS, watchFor } from '../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

/** One for each set of rules that is compared, so that they are looked at beside each other. */
let upstreams: readonly OpenUpstream[];
let requests: readonly string[];
beforeAll(async () => {
  upstreams = await Promise.all(Array.from({ length: 4 }, () => openUpstream()));
  const { body } = await probe({ port: upstreams[0]?.port ?? 0, request: REQUESTS.list, forMs: PATIENT_MS });
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

/** Within this time after the answer is out or held, its doing shows on the wire. */
const WHILE_MS = 40;
/** The same before it is said that nothing shows: the machine may be busy. */
const LONG_WHILE_MS = 2000;

async function seen(request: string, rules: readonly Rule[], upstream: OpenUpstream, whileMs: number) {
  upstream.arm(...rules);
  const sight = await watchFor(whileMs, upstream, request);
  await upstream.heal();
  const entry = upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];
  const worked = entry?.workedAt !== null;
  return { seen: `${comparable(sight)} ${worked}`, hits: entry?.hits.map(({ rule }) => rule) ?? [], entry };
}
type Seen = Awaited<ReturnType<typeof seen>>;

/** What goes out under both rules, under none, and under each. */
async function compare(request: string, rules: readonly Rule[], whileMs: number): Promise<[Seen, Seen, Seen, Seen]> {
  const sets = [rules, [], rules.slice(0, 1), rules.slice(1)];
  return (await Promise.all(sets.map((some, i) => seen(request, some, upstreams[i] as OpenUpstream, whileMs)))) as [
    Seen,
    Seen,
    Seen,
    Seen,
  ];
}

/** Pairs of what should differ and does not, each with what it says. */
function alike(rules: readonly Rule[], [both, none, first, second]: readonly [Seen, Seen, Seen, Seen]): string[] {
  const isHit = (id: string): boolean =>
    both.hits.includes(id) && rules.find((rule) => rule.id === id)?.fault !== 'skewed-clock'; // its Date was taken out
  return [
    isHit('one') && first.seen === none.seen ? `one alone is as none: ${none.seen}` : '',
    isHit('one') && first.seen !== both.seen && second.seen === both.seen ? `other alone is as both: ${both.seen}` : '',
    isHit('other') && both.seen === first.seen ? `both are as one alone: ${first.seen}` : '',
  ].filter((says) => says !== '');
}

test('a hit differs from what the rules before it alone give, and is not undone by those behind it', async () => {
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
        let sights = await compare(request, rules, WHILE_MS);
        if (alike(rules, sights).length > 0) sights = await compare(request, rules, LONG_WHILE_MS);
        expect(alike(rules, sights), JSON.stringify(rules)).toEqual([]);
        const { hits = [], inapplicable = [], spared = [], limited = [] } = sights[0].entry ?? {};
        const words = [...hits, ...inapplicable, ...spared, ...limited].map(({ rule }) => rule);
        expect(new Set(words).size).toBe(words.length);
      },
    ),
    { numRuns: 60 },
  );
});
