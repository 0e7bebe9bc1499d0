// A profile to be armed: what is sent, what it leaves to choose, and what is said before the press.
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../src/admin/contract/contract.ts';
import {
  bodyOf,
  durationWords,
  FIRST_DRAFT,
  mayAimAt,
  reachOf,
  sentenceOf,
  struckBy,
} from '../../../src/dashboard/page/panels/shelf/arming.ts';
import { FIRST_PLAY, playBodyOf, playSentenceOf } from '../../../src/dashboard/page/panels/shelf/playing.ts';
import { wrongAmong, wrongOf } from '../../../src/dashboard/page/panels/shelf/refusal.ts';
import { matching } from '../../../src/dashboard/page/panels/shelf/searching.ts';
import { AdminError } from '../../../src/sdk/errors.ts';

const kinds = [
  { name: 'hang', at: ['arrive'] },
  { name: 'dark-door', at: ['standing'] },
  { name: 'late-webhook', at: ['notify'] },
] as unknown as Kind[];
const aim = { operations: ['getSeatMap'], clients: ['my-shop'], doors: [], events: [] };

describe('before the press', () => {
  test('it is said whom, what, how many and for how long', () => {
    const reach = reachOf([{ fault: 'hang' }], kinds);
    expect(sentenceOf('upstream-hang', { ...FIRST_DRAFT, aim }, reach)).toBe(
      'upstream-hang on getSeatMap for my-shop, all requests, for 2 minutes',
    );
    const wide = { ...FIRST_DRAFT, ttl: '', share: '12.5', aim: { ...aim, operations: ['a', 'b', 'c'], clients: [] } };
    expect(sentenceOf('upstream-hang', wide, reach)).toBe(
      'upstream-hang on a, b and c for every client, 12.5 % of requests, until it is ended',
    );
  });

  test('what the rules name themselves is said where nothing is picked', () => {
    const rules = [
      { fault: 'hang', match: { operations: ['getSeatMap'] }, share: 0.5 },
      { fault: 'hang', match: { operations: ['createOrder'], clients: ['a'] } },
    ];
    expect(sentenceOf('p', FIRST_DRAFT, reachOf(rules, kinds))).toBe(
      'p on getSeatMap and createOrder for every client, as many requests as its rules say, for 2 minutes',
    );
  });

  test('nobody can be picked where connections are struck, and no operation of webhooks', () => {
    const struck = (...faults: string[]) =>
      reachOf(
        faults.map((fault) => ({ fault })),
        kinds,
      ).struck;
    expect(mayAimAt(struck('hang'))).toEqual({ operations: true, clients: true, events: false });
    expect(mayAimAt(struck('hang', 'dark-door'))).toEqual({ operations: false, clients: false, events: false });
    expect(mayAimAt(struck('late-webhook'))).toEqual({ operations: false, clients: true, events: true });
    expect(mayAimAt(struck('hang', 'late-webhook'))).toEqual({ operations: false, clients: true, events: false });
    expect(struckBy(undefined)).toBe('requests');
  });

  test.each([
    ['2m', '2 minutes'],
    ['1h', '1 hour'],
    ['250ms', '250 milliseconds'],
    [' soon ', 'soon'],
  ])('%s is said as %s', (text, words) => expect(durationWords(text)).toBe(words));
});

test('only what is given is sent, a share as a part of one', () => {
  expect(bodyOf(FIRST_DRAFT)).toEqual({ ttl: '2m' });
  const draft = { ...FIRST_DRAFT, aim, share: '25', ttl: ' 30s ', as: 'x', note: 'why', connections: 'sever' };
  expect(bodyOf(draft)).toEqual({
    ...{ match: { operations: ['getSeatMap'], clients: ['my-shop'] }, share: 0.25, ttl: '30s', as: 'x', note: 'why' },
    connections: 'sever',
  });
  expect(playBodyOf(FIRST_PLAY)).toEqual({ speed: '1' });
  expect(playBodyOf({ speed: '60', seed: '7', from: '14:02', paused: true })).toEqual({
    ...{ speed: '60', seed: 7, from: '14:02', paused: true },
  });
});

test('a scenario says how long it takes, unless it begins elsewhere', () => {
  const story = { name: 'day', lastsMs: 3_600_000 };
  expect(playSentenceOf(story, { ...FIRST_PLAY, speed: '60x' })).toBe('day at 60×: 1:00:00 of story in 1:00');
  expect(playSentenceOf(story, { ...FIRST_PLAY, from: '5m' })).toBe('day from 5m at 1×');
});

describe('a refusal', () => {
  const fields = ['match.operations', 'ttl', 'with', 'with.uniform', 'with.uniform.min', 'as'];

  test('stands beside the innermost field that it is about, and the rest is said of the whole', () => {
    const wrong = wrongAmong(
      [
        { path: 'match.operations[1]', message: 'unknown' },
        { path: 'with.uniform.min', message: 'is missing' },
        { path: 'with.uniform.top', message: 'unknown field' },
        { path: 'match', message: 'no request can fit it' },
      ],
      fields,
    );
    expect(wrong.at('match.operations')).toBe('[1]: unknown');
    expect(wrong.at('with.uniform.min')).toBe('is missing');
    expect(wrong.at('with.uniform')).toBe('top: unknown field');
    expect([wrong.at('ttl'), wrong.rest, wrong.marked]).toEqual([null, ['match: no request can fit it'], 3]);
  });

  test('without places is about the field of its code, or else about the whole', () => {
    const refused = (code: string) =>
      new AdminError({
        ...{
          type: '',
          title: '',
          status: 409,
          detail: 'is taken',
          instance: '',
          code,
          retryable: false,
          requestId: '',
        },
      });
    expect(wrongOf(refused('rule_exists'), fields, { rule_exists: 'as' }).at('as')).toBe('is taken');
    expect(wrongOf(refused('conflict'), fields, { rule_exists: 'as' }).rest).toEqual(['is taken']);
    expect(wrongOf(new Error('no answer'), fields).rest).toEqual(['no answer']);
  });
});

test('a search finds every word in the name or in the words, whatever stands between', () => {
  const items = [
    { name: 'seat-map-outage', summary: 'Seat maps are a 500.' },
    { name: 'slow-payment', summary: null },
  ];
  const found = (asked: string) => matching(items, asked).map(({ name }) => name);
  expect([found('Seat map'), found('500 outage'), found(''), found('seat payment')]).toEqual([
    ['seat-map-outage'],
    ['seat-map-outage'],
    ['seat-map-outage', 'slow-payment'],
    [],
  ]);
});
