// What can never match or act is refused when it is said, with its place, its value and what is allowed.
import { describe, expect, test } from 'vitest';
import { type CheckedRule, checkRule } from '../../src/faults/check.ts';
import { activationMistakes } from '../../src/faults/laid-over.ts';
import { faults } from '../../src/faults/registry.ts';
import type { Match, Rule } from '../../src/faults/rule.ts';
import { ClientNames } from '../../src/upstream/client-names.ts';
import { OF_THE_API } from '../../src/upstream/operations/known-operations.ts';

const known = { ...OF_THE_API, doors: ['main', 'team-a'], clients: new ClientNames() };
const listed = { ...known, clients: new ClientNames(new Map([['s3cret', 'seller-a']])) };

const said = (rule: Rule, names = known): string => {
  const checked = checkRule(rule, names);
  return 'mistakes' in checked ? checked.mistakes.map(({ path, message }) => `${path}: ${message}`).join('\n') : '';
};
const saidOf = (match: object, names = known): string => said({ fault: 'latency', match: match as Match }, names);
const armed = (rule: Rule): CheckedRule => {
  const checked = checkRule(rule, known);
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
  return checked;
};

describe('a match that no request can fit', () => {
  test.each<[object, RegExp]>([
    [{}, /^match: is empty/],
    [{ headers: {} }, /^match\.headers: is empty/],
    [{ operations: [] }, /^match\.operations: is empty/],
    [{ clients: [], paths: [] }, /^match\.clients: is empty.*\nmatch\.paths: is empty/],
    [
      { operations: ['completeOrderr'] },
      /^match\.operations\[0\]: unknown name "completeOrderr"; did you mean completeOrder\?$/,
    ],
    [{ operations: ['listSessions', 'buy'] }, /^match\.operations\[1\]: unknown name "buy"; known: getHealth, /],
    [{ doors: ['team-b'] }, /^match\.doors\[0\]: unknown name "team-b"; did you mean team-a\?$/],
    [{ methods: ['GTE'] }, /^match\.methods\[0\]: .*got "GTE"; did you mean GET\?$/],
    [{ methods: ['GET', 'GRAB'] }, /^match\.methods\[1\]: /],
    [{ paths: ['/v1/sessions?limit=1'] }, /^match\.paths\[0\]: .*leave out the query/],
    [{ paths: ['/v1/**', 'v1/sessions'] }, /^match\.paths\[1\]: must begin with/],
    [{ headers: { 'X Shop': 'a' } }, /^match\.headers\.X Shop: is no name of a header/],
    [{ headers: { '': 'a' } }, /is no name of a header/],
    [{ headers: { 'x:y': '*' } }, /is no name of a header/],
    [{ headers: { 'X-A': ' a' } }, /^match\.headers\.X-A: has blanks around it/],
    [{ headers: { 'X-A': 'a\nb' } }, /control characters/],
    [{ headers: { 'X-A': 'a', 'x-a': 'b' } }, /^match\.headers\.x-a: is X-A again/],
    [{ clients: ['seller-a', ' b'] }, /^match\.clients\[1\]: cannot be sent as a key/],
    [{ clients: ['other'] }, /^match\.clients\[0\]: no client is called so/],
    [
      { operations: ['listSessions'], methods: ['POST'] },
      /^match\.methods\[0\]: POST: no operation named here has it; they have GET, HEAD$/,
    ],
    [{ operations: ['listSessions', 'reserveSeats'], methods: ['DELETE'] }, /they have GET, HEAD, POST$/],
    [{ operations: ['listSessions'], paths: ['/v1/orders/*'] }, /^match\.paths\[0\]: .*they have \/v1\/sessions$/],
    [
      { operations: ['getOrder', 'completeOrder'], methods: ['GET'], paths: ['/v1/orders/*/complete'] },
      /^match: no request can fit it: .*cannot be reached by these methods and paths$/,
    ],
  ])('%j is refused', (match, why) => {
    expect(saidOf(match)).toMatch(why);
  });

  test('everything in it is found at once', () => {
    const found = saidOf({
      operations: ['buy'],
      methods: ['GTE'],
      paths: ['v1'],
      headers: { 'a b': 'c' },
      doors: ['x'],
    });
    expect(found.split('\n').map((line) => line.split(':')[0])).toEqual([
      'match.operations[0]',
      'match.doors[0]',
      'match.methods[0]',
      'match.paths[0]',
      'match.headers.a b',
    ]);
  });

  test.each<[object]>([
    [{ operations: ['unmatched'], methods: ['PATCH'], paths: ['/wp-login.php'] }],
    [{ operations: ['listSessions'], methods: ['head'] }],
    [{ operations: ['getOrder', 'completeOrder'], methods: ['POST'] }],
    [{ methods: ['DELETE'], paths: ['/v1/sessions'] }],
    [{ headers: { constructor: '*', 'X-A': '' } }],
    [{ clients: ['My_Shop', 'anonymous', 'seller-a'] }],
    [{ addresses: ['10.0.0.0/8', '::1'] }],
  ])('%j may be fit, and is taken', (match) => {
    expect(saidOf(match)).toBe('');
  });
});

describe('with listed keys', () => {
  test('a client that is neither a name nor a key of the list is refused with the nearest name', () => {
    expect(saidOf({ clients: ['seler-a'] }, listed)).toMatch(/^match\.clients\[0\]: .*did you mean seller-a\?$/);
    expect(saidOf({ clients: ['My_Secret_Key'] }, listed)).not.toContain('My_Secret_Key');
  });

  test('one named by its key is armed by its name', () => {
    const checked = checkRule({ fault: 'hang', match: { clients: ['s3cret', 'seller-a'] } }, listed);
    expect(checked).toMatchObject({ rule: { match: { clients: ['seller-a'] } }, shownAs: ['seller-a'] });
  });
});

describe('a rule that can never act', () => {
  test.each<[Rule, RegExp]>([
    [{ fault: 'hnag' }, /^fault: unknown kind "hnag"; did you mean hang\?$/],
    [{ fault: 'earthquake' }, /^fault: unknown kind "earthquake"; `showstopper kinds` lists all \d+$/],
    [{ fault: 'hang', limit: 0 }, /^limit: must be at least 1/],
    [{ fault: 'hang', ttl: '0s' }, /^ttl: .*longer than nothing/],
    [
      { fault: 'hang', per: 'idempotency-key', skip: 1, match: { operations: ['listSessions', 'getSeatMap'] } },
      /^per: there is no Idempotency-Key to count by: listSessions, getSeatMap takes none$/,
    ],
  ])('%j is refused', (rule, why) => {
    expect(said(rule)).toMatch(why);
  });

  test('share 0 turns it off, which is as it should be', () => {
    expect(said({ fault: 'hang', share: 0 })).toBe('');
  });
});

describe('a match laid over rules', () => {
  const rules = (...matches: Match[]): CheckedRule[] =>
    matches.map((match) => armed({ fault: 'hang', ...(Object.keys(match).length > 0 && { match }) }));

  test.each<[Match, Match, RegExp]>([
    [{ operations: ['listSessions'] }, { operations: ['getOrder'] }, /its operations exclude each other/],
    [{ clients: ['seller-a'] }, { clients: ['My_Shop'] }, /its clients exclude each other/],
    [{ doors: ['main'] }, { doors: ['team-a'] }, /its doors exclude each other/],
    [{ methods: ['GET'] }, { methods: ['post'] }, /its methods exclude each other/],
    [{ addresses: ['10.0.0.0/8'] }, { addresses: ['192.168.0.1'] }, /its addresses exclude each other/],
    [{ paths: ['/v1/orders/**'] }, { paths: ['/v1/sessions/*'] }, /its paths exclude each other/],
    [{ operations: ['reserveSeats'] }, { methods: ['GET'] }, /reserveSeats \(POST .*\) cannot be reached/],
    [{ paths: ['/v1/orders/*'] }, { operations: ['listSessions'] }, /cannot be reached/],
  ])('%j and %j exclude each other: refused', (own, over, why) => {
    const { mistakes } = activationMistakes({ match: over }, rules(own), known);
    expect(mistakes).toEqual([{ path: 'match', message: expect.stringMatching(why) }]);
  });

  test('rules that cannot strike so are told while others can', () => {
    const laid = activationMistakes(
      { match: { operations: ['getOrder'] } },
      rules({ operations: ['listSessions'] }, {}),
      known,
    );
    expect(laid).toEqual({ mistakes: [], excluded: [{ index: 0, why: expect.stringMatching(/operations/) }] });
  });

  test.each<[Match, Match]>([
    [{ addresses: ['10.0.0.0/8'] }, { addresses: ['10.1.2.3', '::1'] }],
    [{ headers: { 'X-A': 'a' } }, { headers: { 'X-A': 'b' } }],
    [{ paths: ['/v1/**'] }, { operations: ['getOrder'] }],
    [{ clients: ['My_Shop'] }, { clients: ['My_Shop'] }],
  ])('%j and %j can both be fit', (own, over) => {
    expect(activationMistakes({ match: over }, rules(own), known)).toEqual({ mistakes: [], excluded: [] });
  });
});

describe('parameters with which a kind can never act', () => {
  test.each<[string, object, RegExp]>([
    ['schema-drift', { fields: ['nope'] }, /^with\.fields\[0\]: no answer of the API has a field "nope"/],
    ['schema-drift', { fields: ['startsAt', '__proto__'] }, /^with\.fields\[1\]: .*"__proto__"/],
    ['schema-drift', { fields: ['startAt'] }, /did you mean startsAt\?$/],
    ['schema-drift', { fields: ['price.amount'] }, /did you mean prices\.amount\?$/],
    ['schema-drift', { fields: ['amount.prices'] }, /no answer of the API/],
    ['partial-outage', { bad: 0 }, /^with\.bad: must be at least 1, got 0$/],
    ['error-status', { retryAfterForm: 'date' }, /^with\.retryAfterForm: is the form of retryAfter/],
    ['latency', { fixed: '0s' }, /^with: would wait 0 ms for ever/],
    ['latency', { fixed: { from: '1s', to: '0s', over: '0s' } }, /for ever/],
    ['latency', { scale: { from: 0, to: 0, over: '1m' } }, /for ever/],
    ['latency', { uniform: { min: '0s', max: '0s' } }, /for ever/],
    ['latency', { normal: { mean: '0s', sd: '0s' } }, /for ever/],
    ['latency', { lognormal: { median: '0s', sigma: 1 } }, /for ever/],
    ['latency', { pareto: { min: '1s', alpha: 2, max: '0s' } }, /for ever/],
    ['latency', { percentiles: { p50: '0s', p90: '0s', p99: '0s', max: '0s' } }, /for ever/],
  ])('%s %j are refused', (fault, params, why) => {
    expect(said({ fault, with: params as Record<string, unknown> })).toMatch(why);
  });

  test.each<[string, object]>([
    ['schema-drift', { fields: ['startsAt', 'film.id', 'data.prices.amount', 'seats.status', 'detail'] }],
    ['partial-outage', { bad: 1 }],
    ['error-status', { retryAfter: '2s', retryAfterForm: 'date' }],
    ['latency', {}],
    ['latency', { fixed: { from: '0s', to: '1s', over: '1m' } }],
    ['latency', { fixed: { from: '1s', to: '0s', over: '1m' } }],
    ['latency', { normal: { mean: '0s', sd: '1ms' } }],
  ])('%s %j can act', (fault, params) => {
    expect(said({ fault, with: params as Record<string, unknown> })).toBe('');
  });
});

describe('`connections` that a kind can do nothing about', () => {
  const UNTOUCHABLE = faults.filter(({ living, onlyAdds }) => living === 'untouchable' && !onlyAdds);

  test.each(UNTOUCHABLE.map(({ name }) => name))('all is refused of %s, and new and sever are not', (fault) => {
    expect(said({ fault, connections: 'all' })).toMatch(/^connections: .*only `sever` cuts them; allowed: new, sever$/);
    for (const connections of ['new', 'sever'] as const) expect(said({ fault, connections })).toBe('');
  });

  test.each(['new', 'all', 'sever'] as const)('%s is refused of a flood', (connections) => {
    expect(said({ fault: 'connection-flood', connections })).toMatch(/^connections: .*only adds connections/);
  });

  test('is refused of an activation only when no rule of the profile can be told so', () => {
    const laid = (...kinds: string[]) =>
      activationMistakes(
        { connections: 'all' },
        kinds.map((fault) => armed({ fault })),
        known,
      ).mistakes;
    expect(laid('refuse-connection', 'connection-flood')).toMatchObject([{ path: 'connections' }]);
    expect(laid('refuse-connection', 'reset-connection')).toEqual([]);
  });
});
