// The header `Showstopper-Fault` as text: what it asks for, and what is said of one that cannot be read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRule } from '../../../src/faults/check.ts';
import type { Fault } from '../../../src/faults/fault.ts';
import { MAX_HEADER_CHARS, MAX_ITEMS } from '../../../src/faults/header/fault-items.ts';
import { readFaultHeader } from '../../../src/faults/header/read-header.ts';
import { actsOnRequests } from '../../../src/faults/place-check.ts';
import { faults } from '../../../src/faults/registry.ts';
import { OF_THE_API } from '../../../src/upstream/operations/known-operations.ts';
import { headerText, type WrittenFault } from './header-text.ts';

const known = { ...OF_THE_API, doors: ['main'] };

const ofRequests = faults.filter(actsOnRequests);
const others = faults.filter((fault) => !actsOnRequests(fault));

function asked(text: string) {
  const read = readFaultHeader(text, known);
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  return read.rules.map(({ rule, params }) => ({ fault: rule.fault, share: rule.share, params }));
}

function said(text: string): string {
  const read = readFaultHeader(text, known);
  return 'mistakes' in read ? read.mistakes.map(({ path, message }) => `${path}: ${message}`).join('\n') : '';
}

describe('a header asks for', () => {
  test.each<[string, object[]]>([
    ['hang', [{ fault: 'hang', params: {} }]],
    ['latency;fixed="200ms"', [{ fault: 'latency', params: { fixed: 200 } }]],
    [
      'latency;uniform.min="50ms";uniform.max="80ms"',
      [{ fault: 'latency', params: { uniform: { min: 50, max: 80 } } }],
    ],
    [
      'latency;fixed="1s", error-status;status=503;retry-after="2s"',
      [
        { fault: 'latency', params: { fixed: 1000 } },
        { fault: 'error-status', params: { status: 503, retryAfter: 2000 } },
      ],
    ],
    ['waiting-room;by=client', [{ fault: 'waiting-room', params: { capacity: 0, by: 'client' } }]],
    ['stale-answer;not-modified', [{ fault: 'stale-answer', params: { age: 30_000, notModified: true } }]],
    ['schema-drift;fields.0=amount', [{ fault: 'schema-drift', params: { drift: 'rename', fields: ['amount'] } }]],
    ['lost-reply;share=0.25', [{ fault: 'lost-reply', share: 0.25, params: {} }]],
    ['early-hints-forever;every="2s"', [{ fault: 'early-hints-forever', params: { every: 2000 } }]],
    ['', []],
  ])('%s', (text, rules) => {
    expect(asked(text)).toEqual(rules);
  });

  test('any kind that acts on requests, with its example and with what its signature is tried by', () => {
    for (const fault of ofRequests)
      for (const params of writable(fault)) {
        const checked = checkRule({ fault: fault.name, with: params }, known);
        expect(asked(headerText({ fault: fault.name, with: params }))[0]?.params).toEqual(
          'params' in checked ? checked.params : checked,
        );
      }
  });

  test('no kind that acts on connections, doors or webhooks: these are armed as rules', () => {
    for (const { name } of others)
      expect(said(name)).toMatch(/^Showstopper-Fault: item 1: \S+ acts on (?:connections|webhooks).*POST \/v1\/rules$/);
  });

  test('nothing whose name a rule has too: no parameter of a kind is called share', () => {
    for (const { params } of ofRequests)
      expect(params.safeParse({ share: 1 }, { reportInput: true }).error?.message).toContain('share');
  });
});

/** Its example and its trials, save for numbers of more digits than the field can have. */
function writable({ example, signature }: Fault): NonNullable<WrittenFault['with']>[] {
  return [example, ...(signature.trials ?? []).map((trial) => trial.with ?? {})] as NonNullable<WrittenFault['with']>[];
}

const duration = fc.integer({ min: 1, max: 100_000 }).map((ms) => `${ms}ms`);
const text = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
const decimal = fc.integer({ min: 0, max: 5000 }).map((thousandths) => thousandths / 1000);
const anyFault: fc.Arbitrary<WrittenFault> = fc.oneof(
  fc.record({ fault: fc.constant('latency'), with: fc.record({ fixed: duration }) }),
  fc.record({
    fault: fc.constant('latency'),
    with: fc.record({ lognormal: fc.record({ median: duration, sigma: decimal }) }),
    share: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
  }),
  fc.record({
    fault: fc.constant('error-status'),
    with: fc.record({ status: fc.integer({ min: 200, max: 599 }), body: text }),
  }),
  fc.record({ fault: fc.constant('stale-answer'), with: fc.record({ age: duration, notModified: fc.boolean() }) }),
  fc.record({
    fault: fc.constant('duplicate-headers'),
    with: fc.record({
      headers: fc.array(fc.constantFrom('ETag', 'Content-Type', 'X-A'), { minLength: 1, maxLength: 20 }),
    }),
  }),
);

test('what is written from parameters and read back is equal', () => {
  fc.assert(
    fc.property(fc.array(anyFault, { minLength: 1, maxLength: MAX_ITEMS }), (wanted) => {
      const written = headerText(...wanted);
      fc.pre(written.length <= MAX_HEADER_CHARS);
      const read = readFaultHeader(written, known);
      expect('rules' in read && read.rules.map(({ rule }) => rule)).toEqual(wanted);
    }),
  );
});

test('whatever stands in it, it is read or told what is wrong', () => {
  const piece = fc.constantFrom('latency', 'hang', ';', '=', '"', '.', ',', 'fixed', '(', ')', '200ms', '?1', '1', ' ');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (any) => {
        const read = readFaultHeader(any, known);
        expect('rules' in read || read.mistakes.length > 0).toBe(true);
      },
    ),
  );
});

describe('of a header that cannot be had, it is said where and what is allowed', () => {
  test.each<[string, RegExp]>([
    ['latency;fixed=200ms', /^Showstopper-Fault: must be a list of RFC 9651, .*; a duration stands in quotes$/],
    ['error-status;retryAfter="2s"', /; keys are in lower case, as retry-after$/],
    ['latency,', /trailing comma/],
    ['hang, latncy', /^Showstopper-Fault: item 2: unknown kind "latncy"; did you mean latency\?$/],
    ['"latency"', /item 1: must be the name of a kind without quotes, as latency, got "latency"$/],
    ['(hang latency)', /item 1: must be the name of a kind/],
    ['latency;fxed="1s"', /item 1, fxed: unknown parameter; allowed: fixed, uniform, .*share; did you mean fixed\?$/],
    ['latency;uniform.mn="1s"', /uniform\.mn: .*allowed: uniform\.min, uniform\.max; did you mean uniform\.min\?$/],
    ['latency;uniform.min="1s"', /uniform\.max: is missing/],
    ['latency;uniform="1s"', /uniform: is written in parts: uniform\.min, uniform\.max$/],
    ['latency;fixed="1s";fixed.from="2s"', /fixed\.from: fixed is given already/],
    ['latency;fixed.from="1s";fixed="2s"', /fixed: is given already, in parts$/],
    ['latency;fixed="soon"', /item 1, fixed: must be a duration such as .*, got "soon"$/],
    ['latency;fixed="1s";pareto.min="1s";pareto.alpha=2', /item 1: takes only one of fixed, /],
    ['error-status;status=999', /item 1, status: must be at most 599, got 999$/],
    ['schema-drift;fields=amount', /fields: is a list: its items are written fields\.0, fields\.1 …$/],
    ['schema-drift;fields.first=amount', /fields\.first: is a list/],
    ['schema-drift;fields.1=amount', /item 1, fields\.0: /],
    ['schema-drift;fields.0=amonut', /item 1, fields\.0: no answer of the API has a field "amonut"; did you mean/],
    ['maintenance;page=:aGk=:', /page: must be a string in quotes, a word, a number or a boolean/],
    ['hang;share=2', /item 1, share: must be at most 1, got 2$/],
    [
      'hang;limit=1',
      /item 1, limit: is said of rules that meet many requests, .*allowed besides the kind's own: share$/,
    ],
    ['hang;match.operations=getOrder', /match\.operations: is said of rules/],
    ['hang;__proto__=1', /A key must begin with/],
  ])('%s', (written, why) => {
    expect(said(written)).toMatch(why);
  });

  test('all that is wrong is found at once', () => {
    expect(said('hang;x=1, latncy, error-status;status=1;y=2').split('\n')).toHaveLength(3);
  });

  test('one that is too long, or asks for too much, says how much is allowed', () => {
    expect(said(`maintenance;page="${'x'.repeat(MAX_HEADER_CHARS)}"`)).toMatch(/at most 2048 are allowed/);
    expect(said(Array.from({ length: MAX_ITEMS + 1 }, () => 'hang').join(','))).toMatch(/has 9 items, at most 8/);
  });
});
