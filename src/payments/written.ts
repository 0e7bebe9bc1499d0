// Amounts, moments, seats and times left as a reader of one language expects to see them written.
import type { Language } from './language.ts';
import { decimalOf, exponentOf, MAX_EXPONENT } from './minor-units.ts';
import type { Words } from './words/words.ts';

export interface SeatRow {
  /** `Row C`; empty for seats whose names have no row. */
  readonly row: string;
  /** As the language writes its digits. */
  readonly seats: readonly string[];
}

export interface Moment {
  /** Without the zone, which is UTC. */
  readonly text: string;
  /** RFC 3339, as the API tells it. */
  readonly iso: string;
}

export interface Writing {
  readonly number: (count: number) => string;
  /** Without the currency's code. */
  readonly amount: (amount: number, currency: string) => string;
  readonly moment: (epochMs: number) => Moment;
  readonly seats: (seats: readonly string[]) => SeatRow[];
  /** Whole real seconds, never more than are left. */
  readonly timeLeft: (seconds: number) => string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fa: 'fa-IR', ja: 'ja-JP' };
/** From here on seconds are not told. */
const WHOLE_MINUTES_FROM_S = 600;

type Part = (type: Intl.DateTimeFormatPartTypes) => string;
/** Intl puts the year first in Persian, as nobody speaks. */
const MOMENTS: Readonly<Record<Language, (part: Part) => string>> = {
  en: (part) => `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${clockTime(part)}`,
  fa: (part) => `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}، ساعت ${clockTime(part)}`,
  ja: (part) => `${part('year')}年${part('month')}月${part('day')}日(${part('weekday')}) ${clockTime(part)}`,
};
const clockTime = (part: Part): string => `${part('hour')}:${part('minute')}`;

/** Makes the formats once, which takes longer than using them. */
export function createWriting(language: Language, words: Words): Writing {
  const locale = LOCALES[language];
  const plain = new Intl.NumberFormat(locale);
  const byExponent = Array.from(
    { length: MAX_EXPONENT + 1 },
    (_, decimals) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  );
  const date = dateFormat(language, locale);
  const number = (count: number): string => plain.format(count);
  return {
    number,
    amount: (amount, currency) =>
      (byExponent[exponentOf(currency)] ?? plain).format(decimalOf(amount, currency) as `${number}`),
    moment: (epochMs) => {
      const parts = new Map(date.formatToParts(epochMs).map(({ type, value }) => [type, value]));
      return {
        text: MOMENTS[language]((type) => parts.get(type) ?? ''),
        iso: new Date(epochMs).toISOString().replace('.000Z', 'Z'),
      };
    },
    seats: (seats) => rowsOf(seats, number, words),
    timeLeft: (seconds) => timeLeftOf(seconds, number, words),
  };
}

const dateFormat = (language: Language, locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: language === 'ja' ? 'short' : 'long',
    day: 'numeric',
    month: language === 'ja' ? 'numeric' : 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

/** A seat `C-7` is number 7 of row C. */
function rowsOf(seats: readonly string[], number: (count: number) => string, { order }: Words): SeatRow[] {
  const rows = new Map<string, string[]>();
  for (const seat of seats) {
    const dash = seat.lastIndexOf('-');
    const row = seat.slice(0, Math.max(dash, 0));
    const known = rows.get(row) ?? [];
    const name = seat.slice(dash + 1);
    known.push(/^[1-9]\d{0,5}$/.test(name) ? number(Number(name)) : name);
    rows.set(row, known);
  }
  return [...rows].map(([row, names]) => ({ row: row && order.row(row), seats: names }));
}

function timeLeftOf(left: number, number: (count: number) => string, { timeLeft }: Words): string {
  const total = Math.max(0, Math.floor(left));
  if (total === 0) return timeLeft.none;
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  const told: string[] = [];
  if (minutes > 0) told.push(timeLeft.minutes(minutes, number(minutes)));
  if (seconds > 0 && total < WHOLE_MINUTES_FROM_S) told.push(timeLeft.seconds(seconds, number(seconds)));
  return told.join(' ');
}
