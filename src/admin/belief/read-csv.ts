// A belief as CSV (RFC 4180): a header line that names the columns, in any order, and a line an order.
import { CsvError, parse } from 'csv-parse/sync';
import { counted } from '../../base/counted.ts';
import { capped, type Mistake } from '../../base/mistake.ts';
import { nearest } from '../../base/nearest.ts';
import type { Believed } from '../../director/auditing.ts';
import {
  COLUMNS,
  MAX_REFERENCE_CHARS,
  MAX_ROWS,
  MAX_SEAT_CHARS,
  MAX_SEATS,
  REQUIRED_COLUMNS,
  type ReadBelief,
} from './belief-row.ts';

/** Of one line with its fields; a quote that is never closed is found so. */
const MAX_RECORD_BYTES = 32_768;
const MAX_SHOWN = 80;
const FORM = `a header line with the columns ${COLUMNS.join(', ')}, in any order, of which ${REQUIRED_COLUMNS.join(' and ')} must be there`;

type Column = (typeof COLUMNS)[number];

/** As the parser gives it. */
interface Line {
  readonly record: readonly string[];
  /** Where the record ends. */
  readonly info: { readonly lines: number };
}

export function readCsv(text: string): ReadBelief {
  let lines: readonly Line[];
  let lastLine = 0;
  try {
    lines = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true, // told below, of all lines
      max_record_size: MAX_RECORD_BYTES,
      on_record(record, context) {
        lastLine = context.lines;
        return record;
      },
      to: MAX_ROWS + 2, // one row too many is enough to know
    }) as unknown as readonly Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { errors: [{ path: `line ${lineAfter(text, lastLine)}`, message: notCsv(error) }] };
  }
  const [header, ...rest] = lines;
  if (!header) return { errors: [{ path: '', message: `is empty: it must begin with ${FORM}` }] };
  const names = header.record.map((name) => name.trim());
  const wrong = headerMistakes(names, header.info.lines);
  if (wrong.length > 0) return { errors: capped(wrong) };
  if (rest.length > MAX_ROWS) return { errors: [{ path: '', message: `has more than ${MAX_ROWS} orders` }] };
  return rowsOf(rest, names as Column[]);
}

/** The first that is not empty, from 1. */
function lineAfter(text: string, line: number): number {
  const all = text.split(/\r\n|\r|\n/);
  const next = all.findIndex((one, index) => index >= line && one.trim() !== '');
  return (next < 0 ? line : next) + 1;
}

function notCsv({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'has a quote that is never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return `has more than ${MAX_RECORD_BYTES} bytes in its fields, as when a quote is never closed`;
    default:
      return 'has a quote in a field: such a field stands in quotes, and each quote within it is doubled';
  }
}

function headerMistakes(names: readonly string[], line: number): Mistake[] {
  const at = `line ${line}`;
  const mistakes = names.flatMap((name, index): Mistake[] => {
    if (!isColumn(name)) {
      const close = nearest(name, COLUMNS);
      const hint = close === undefined ? '' : `; did you mean ${close}?`;
      return [{ path: at, message: `unknown column ${shown(name)}; it must be ${FORM}${hint}` }];
    }
    return names.indexOf(name) < index ? [{ path: at, message: `has the column ${name} twice` }] : [];
  });
  const missing = REQUIRED_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0)
    mistakes.push({ path: at, message: `lacks the column ${missing.join(', ')}; it must be ${FORM}` });
  return mistakes;
}

const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);

function rowsOf(lines: readonly Line[], names: readonly Column[]): ReadBelief {
  const rows: Believed[] = [];
  const errors: Mistake[] = [];
  const places = Object.fromEntries(names.map((name, index) => [name, index]));
  for (const { record, info } of lines) {
    if (record.length !== names.length) {
      const message = `has ${counted(record.length, 'field')}, and the header line has ${names.length}`;
      errors.push({ path: `line ${info.lines}`, message });
      continue;
    }
    const cell = (column: Column): string => record[places[column] ?? -1] ?? '';
    const [completed, seats, amount] = [
      completedIn(cell('completed')),
      seatsIn(cell('seats')),
      amountIn(cell('amount')),
    ];
    const externalRef = cell('externalRef');
    const complain = (column: Column, allowed: string): void => {
      const message = `must be ${allowed}, got ${shown(cell(column))}`;
      errors.push({ path: `line ${info.lines} ${column}`, message });
    };
    if (externalRef === '' || externalRef.length > MAX_REFERENCE_CHARS)
      complain('externalRef', `1 to ${MAX_REFERENCE_CHARS} characters`);
    if (completed === undefined) complain('completed', 'true or false');
    if (seats === undefined)
      complain('seats', `empty, how many seats (0 to ${MAX_SEATS}), or their ids with spaces between`);
    if (amount === undefined) complain('amount', 'empty, or a whole number of minor units without point or sign');
    if (completed !== undefined && seats !== undefined && amount !== undefined)
      rows.push({ externalRef, completed, seats, amount });
  }
  return errors.length > 0 ? { errors: capped(errors) } : { client: undefined, rows };
}

const shown = (value: string): string => JSON.stringify(value.slice(0, MAX_SHOWN));

function completedIn(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Null for an empty cell; a number alone is how many there are. */
function seatsIn(cell: string): Believed['seats'] | undefined {
  const words = cell.trim();
  if (words === '') return null;
  if (/^\d+$/.test(words)) return Number(words) <= MAX_SEATS ? Number(words) : undefined;
  const ids = words.split(/\s+/);
  return ids.length <= MAX_SEATS &&
    ids.every((id) => id.length <= MAX_SEAT_CHARS && !/[,;]/.test(id)) &&
    !/^[-+.\d]+$/.test(words)
    ? ids
    : undefined;
}

function amountIn(cell: string): number | null | undefined {
  const digits = cell.trim();
  if (digits === '') return null;
  return /^\d{1,16}$/.test(digits) && Number.isSafeInteger(Number(digits)) ? Number(digits) : undefined;
}
