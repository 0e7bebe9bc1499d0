// Reads a season from a catalogue file; a mistake comes with file and line, a dangling name too.
import { type PlacedMistake, readDocument } from '../../base/document.ts';
import { showPath } from '../../base/mistake.ts';
import { type Catalog, catalogSchema } from './catalog-schema.ts';
import { layoutOf } from './hall-layout.ts';
import { type Season, seasonFrom } from './season.ts';
import type { HallLayout } from './seat.ts';
import type { Named, Price, SessionPlan } from './session.ts';

export { catalogSchema };

/** Values in a catalogue's text. */
const MAX_CATALOG_VALUES = 200_000;
/** Seats of all sessions together. */
export const MAX_SEATS = 10_000_000;

export type CatalogRead = { readonly season: Season } | { readonly mistakes: readonly PlacedMistake[] };

type Report = (path: readonly PropertyKey[], message: string) => void;

/** Either the season or everything that is wrong with the text; `file` is for the messages only. */
export function readCatalog(text: string, file: string): CatalogRead {
  const read = readDocument(text, catalogSchema, file, MAX_CATALOG_VALUES);
  if ('mistakes' in read) return read;
  const mistakes: PlacedMistake[] = [];
  const report: Report = (path, message) => {
    mistakes.push({ file, line: read.lineOf(path), path: showPath(path), message });
  };
  const season = build(read.value, report);
  mistakes.sort((a, b) => a.line - b.line);
  return season && mistakes.length === 0 ? { season } : { mistakes };
}

interface Hall {
  readonly venue: Named;
  readonly hall: Named;
  readonly layout: HallLayout | undefined;
}

/** Goes through the whole catalogue, so that all mistakes are told at once. */
function build(catalog: Catalog, report: Report): Season | undefined {
  const films = new Map(catalog.films.map((film) => [film.id, film]));
  reportRepeated(catalog.films, ['films'], report);
  reportRepeated(catalog.sessions, ['sessions'], report);
  reportRepeated(
    catalog.discounts.map(({ code }) => ({ id: code })),
    ['discounts'],
    report,
    'code',
  );
  const halls = hallsOf(catalog, report);
  const sessions = catalog.sessions.flatMap((_, position) => planOf(catalog, position, { films, halls, report }) ?? []);
  reportScopes(catalog, films, report);
  const season = seasonFrom({
    ...catalog,
    sessions,
    discounts: catalog.discounts.map(({ validFrom, validUntil, ...discount }) => ({
      ...discount,
      ...(validFrom !== undefined && { validFromMs: validFrom }),
      ...(validUntil !== undefined && { validUntilMs: validUntil }),
    })),
  });
  if (season.seats > MAX_SEATS) report(['sessions'], `have ${season.seats} seats together; at most ${MAX_SEATS}`);
  return season;
}

function hallsOf(catalog: Catalog, report: Report): Map<string, Hall> {
  const layouts = new Map<string, HallLayout>();
  for (const [name, { rows }] of Object.entries(catalog.layouts)) {
    const layout = layoutOf(rows);
    if (layout.places.length === 0) report(['layouts', name, 'rows'], 'has no seats');
    if (layout.indexOf.size < layout.places.length) report(['layouts', name, 'rows'], 'names a row twice');
    layouts.set(name, layout);
  }
  reportRepeated(catalog.venues, ['venues'], report);
  const halls = new Map<string, Hall>();
  catalog.venues.forEach(({ id, name, halls: own }, v) => {
    own.forEach((hall, h) => {
      const path = ['venues', v, 'halls', h];
      const layout = layouts.get(hall.layout);
      if (!layout) report([...path, 'layout'], unknown('layout', hall.layout, layouts.keys()));
      if (halls.has(hall.id)) report([...path, 'id'], `"${hall.id}" is the id of another hall`);
      halls.set(hall.id, { venue: { id, name }, hall: { id: hall.id, name: hall.name }, layout });
    });
  });
  return halls;
}

function planOf(
  catalog: Catalog,
  position: number,
  known: { films: ReadonlyMap<string, SessionPlan['film']>; halls: ReadonlyMap<string, Hall>; report: Report },
): SessionPlan | undefined {
  const session = catalog.sessions[position];
  if (!session) return undefined;
  const { films, halls, report } = known;
  const path = ['sessions', position];
  const film = films.get(session.film);
  const hall = halls.get(session.hall);
  if (!film) report([...path, 'film'], unknown('film', session.film, films.keys()));
  if (!hall) report([...path, 'hall'], unknown('hall', session.hall, halls.keys()));
  if (session.onSale > session.startsAt) report([...path, 'onSale'], 'is after startsAt');
  if (session.presale !== undefined && session.presale > session.onSale)
    report([...path, 'presale'], 'is after the public sale begins');
  if (!film || !hall?.layout) return undefined;
  const prices = Object.entries({ ...catalog.prices, ...session.prices }).map(
    ([category, amount]): Price => ({ category, amount, currency: catalog.currency }),
  );
  for (const category of new Set(hall.layout.places.filter(({ blocked }) => !blocked).map((place) => place.category)))
    if (!prices.some((price) => price.category === category))
      report([...path, 'hall'], `has ${category} seats, and there is no price for them`);
  return {
    id: session.id,
    film,
    venue: hall.venue,
    hall: hall.hall,
    layout: hall.layout,
    startsAtMs: session.startsAt,
    onSaleAtMs: session.onSale,
    ...(session.presale !== undefined && { presaleAtMs: session.presale }),
    prices,
  };
}

function reportScopes(catalog: Catalog, films: ReadonlyMap<string, unknown>, report: Report): void {
  const sessions = new Set(catalog.sessions.map(({ id }) => id));
  catalog.discounts.forEach((discount, d) => {
    discount.films?.forEach((film, i) => {
      if (!films.has(film)) report(['discounts', d, 'films', i], unknown('film', film, films.keys()));
    });
    discount.sessions?.forEach((session, i) => {
      if (!sessions.has(session)) report(['discounts', d, 'sessions', i], unknown('session', session, sessions));
    });
  });
}

function reportRepeated(
  items: readonly { readonly id: string }[],
  path: readonly PropertyKey[],
  report: Report,
  field = 'id',
): void {
  const seen = new Set<string>();
  items.forEach(({ id }, position) => {
    if (seen.has(id)) report([...path, position, field], `"${id}" is there before`);
    seen.add(id);
  });
}

/** Names a few that are known; a list of two thousand helps nobody. */
function unknown(what: string, id: string, known: Iterable<string>): string {
  const all = [...known];
  return `there is no ${what} "${id}"; known: ${all.slice(0, 10).join(', ')}${all.length > 10 ? ', …' : ''}`;
}
