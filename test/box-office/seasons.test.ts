// The seasons that come with the product: their sizes, and that a seed gives the same again.
import { describe, expect, test } from 'vitest';
import { breachesOf } from '../../src/box-office/invariants.ts';
import { seasonOf } from '../../src/box-office/season/built-in.ts';
import type { SessionStatus } from '../../src/box-office/season/session.ts';
import { DAY_MS, HOUR_MS, stage } from './stage.ts';

const countStatuses = (statuses: readonly SessionStatus[]): Partial<Record<SessionStatus, number>> =>
  Object.fromEntries([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]));

describe('the festival', () => {
  const season = seasonOf('festival', 1);
  const { sessions } = season;

  test('it has the size of the real one', () => {
    expect(sessions).toHaveLength(1_800);
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1_800);
    expect(new Set(sessions.map(({ venue }) => venue.id)).size).toBe(30);
    expect(new Set(sessions.map(({ hall }) => hall.id)).size).toBe(60);
    expect(new Set(sessions.map(({ film }) => film.id)).size).toBe(20);
    expect(season.seats / 300_000).toBeCloseTo(1, 1);
    expect(Math.abs(season.seats - 300_000)).toBeLessThan(9_000);
    expect(season.ticketsPerFilmAndCustomer).toBe(4);
  });

  test('halls have the sizes of real cinemas and share a few layouts', () => {
    const layouts = new Set(sessions.map(({ layout }) => layout));
    expect(layouts.size).toBe(8);
    for (const { places, indexOf } of layouts) {
      expect(places.length).toBeGreaterThanOrEqual(60);
      expect(places.length).toBeLessThanOrEqual(601);
      expect(indexOf.size).toBe(places.length);
      expect(places.some(({ category }) => category === 'wheelchair')).toBe(true);
    }
    expect([...layouts].some(({ places }) => places.some(({ blocked }) => blocked))).toBe(true);
  });

  test('every seat for sale has a price', () => {
    for (const { layout, prices } of sessions)
      for (const category of new Set(layout.places.map((place) => place.category)))
        expect(prices.filter((price) => price.category === category)).toHaveLength(1);
  });

  test('the same seed gives the same season, another seed another programme', () => {
    const programme = (seed: number) => seasonOf('festival', seed).sessions.map(({ id, film }) => `${id} ${film.id}`);
    expect(programme(1)).toEqual(programme(1));
    expect(programme(2)).not.toEqual(programme(1));
  });

  test('no hall shows two films at once, and sessions come in order', () => {
    const slots = new Set(sessions.map(({ hall, startsAtMs }) => `${hall.id} ${startsAtMs}`));
    expect(slots.size).toBe(sessions.length);
    expect(sessions.every(({ startsAtMs }, i) => startsAtMs >= (sessions[i - 1]?.startsAtMs ?? 0))).toBe(true);
  });

  test('all selling statuses are there at the opening, and the clock moves through them', () => {
    const { office, clock } = stage({ season });
    const statuses = () => countStatuses(office.sessions({}, 0, 2_000).items.map(({ status }) => status));
    const opening = statuses();
    expect(Object.keys(opening).sort()).toEqual(['on_sale', 'presale', 'scheduled']);
    expect((opening.on_sale ?? 0) / 1_800).toBeGreaterThan(0.8);
    clock.at(2 * DAY_MS);
    expect(statuses()).toMatchObject({ presale: opening.scheduled });
    clock.at(4 * DAY_MS);
    expect(Object.keys(statuses()).sort()).toEqual(['closed', 'on_sale']);
    clock.at(12 * DAY_MS);
    expect(statuses()).toEqual({ closed: 1_800 });
  });

  test('the first showtime is a day and a half hour after the opening', () => {
    expect(sessions[0]?.startsAtMs).toBe(DAY_MS + 1.5 * HOUR_MS);
  });

  test('the narrow codes hold somewhere', () => {
    for (const { films = [], sessions: scope = [] } of season.discounts.values()) {
      for (const film of films) expect(sessions.some((session) => session.film.id === film)).toBe(true);
      for (const id of scope) expect(season.index.find(id)?.id).toBe(id);
    }
    expect(season.accessCodes.has('PRESALE')).toBe(true);
  });

  test('untouched sessions are not in the store', async () => {
    const { office, store, reserve } = stage({ season });
    office.sessions({}, 0, 2_000);
    expect([...store.all('session')]).toHaveLength(0);
    const id = sessions[0]?.id ?? '';
    await reserve({ sessionId: id, bestAvailable: { count: 2 } });
    expect([...store.all('session')].map(([touched]) => touched)).toEqual([id]);
    expect(breachesOf({ season, ledgers: new Map(), limits: new Map(), quotas: new Map() })).toEqual([]);
  });
});

test('the small season is the same for every seed, with ids that can be typed', () => {
  const season = seasonOf('small', 1);
  expect(seasonOf('small', 2)).toEqual(season);
  expect(season.sessions.map(({ id }) => id)).toEqual(['s1', 's2', 's3', 's4', 's5', 's6']);
  expect(season.seats).toBe(240);
});
