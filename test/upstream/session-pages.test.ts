// Kept pages of sessions: written once for each world, whoever asks meanwhile, and bounded over all worlds.
import { expect, test } from 'vitest';
import type { BoxOffice } from '../../src/box-office/box-office.ts';
import type { Session } from '../../src/box-office/season/session.ts';
import { SessionPages } from '../../src/upstream/operations/session-pages.ts';

const office = (stamp = () => 1): BoxOffice => ({ stamp }) as BoxOffice;
const pageOf = (...items: object[]) => ({ items: items as Session[], next: undefined });

/** Asks for a page, and says what was written for it anew. */
function asking(pages: SessionPages) {
  const query = {};
  let written = 0;
  const ask = (of: BoxOffice, page: ReturnType<typeof pageOf>, text = 'page'): string =>
    pages
      .json({ boxOffice: of, query, stamp: of.stamp() }, page, () => {
        written++;
        return text;
      })
      .toString();
  const known = (boxOffice: BoxOffice, stamp = boxOffice.stamp()): string | undefined =>
    pages.known({ boxOffice, query, stamp })?.toString();
  return { ask, known, written: () => written };
}

test('worlds that ask for the same page in turn have theirs written once each', () => {
  const { ask, written } = asking(new SessionPages());
  const worlds = ['a', 'b', 'c'].map((name) => ({ name, office: office(), page: pageOf({}) }));
  for (let turn = 0; turn < 3; turn++)
    for (const { name, office, page } of worlds) expect(ask(office, page, name)).toBe(name);
  expect(written()).toBe(3);
});

test('a page on which a session has changed is written anew', () => {
  const { ask, written } = asking(new SessionPages());
  const [world, same] = [office(), {}];
  expect(ask(world, pageOf(same, {}), 'before')).toBe('before');
  expect(ask(world, pageOf(same, {}), 'after')).toBe('after');
  expect(written()).toBe(2);
});

test('when pages take too much, those written longest ago are forgotten', () => {
  const { ask, written } = asking(new SessionPages());
  const large = 'x'.repeat(1_000_000);
  const worlds = Array.from({ length: 20 }, () => ({ office: office(), page: pageOf({}) }));
  for (const { office, page } of worlds) ask(office, page, large);
  const [first, last] = [worlds[0], worlds.at(-1)];
  if (!first || !last) throw new Error('twenty worlds');
  ask(last.office, last.page, large);
  expect(written()).toBe(20);
  ask(first.office, first.page, large);
  expect(written()).toBe(21);
});

test('a page stands as long as the stamp of its box office does, and is known again when it was found unchanged', () => {
  const { ask, known } = asking(new SessionPages());
  let stamp = 1;
  const world = office(() => stamp);
  const page = pageOf({});
  expect(known(world)).toBeUndefined();
  ask(world, page);
  expect(known(world)).toBe('page');
  expect(known(office(() => stamp))).toBeUndefined();
  stamp = 2;
  expect(known(world)).toBeUndefined();
  ask(world, page);
  expect(known(world)).toBe('page');
});

test('a page that was read across a change, or shown falsely, is not taken for one that stands', () => {
  const { ask, known } = asking(new SessionPages());
  let stamp = 1;
  const world = office(() => stamp++);
  ask(world, pageOf({}));
  expect(known(world, 1)).toBeUndefined();
  expect(known(world, 2)).toBeUndefined();
  const other = office(() => Number.NaN);
  ask(other, pageOf({}));
  expect(known(other)).toBeUndefined();
});
