// Exchanges that were answered and that no rule was drawn for, as a few cells of an array: nearly all that a journal keeps.
import { type About, isConditionalAlone, newAbout } from './about.ts';
import type { ExchangeEntry, JournalEntry } from './entry.ts';
import { newExchange } from './new-entry.ts';
import { type Cells, offset, type Packing } from './packing.ts';

/** What many exchanges of a journal have in common. */
interface Common {
  readonly door: string;
  readonly remote: string;
  readonly client: string;
  readonly operation: string;
  readonly method: string;
  /** Of the last of them; many have it in common too. */
  url: string;
}

/** What few exchanges have. */
interface More {
  readonly idempotencyKey: string | null;
  readonly attempt: number | null;
  readonly traceparent: string | null;
  readonly about: About | null;
}

const NOTHING_MORE: More = { idempotencyKey: null, attempt: null, traceparent: null, about: null };
/** Reads of one who keeps what was read are many, and nothing else is said of them. */
const CONDITIONAL: More = { ...NOTHING_MORE, about: Object.freeze({ ...newAbout(), isConditional: true }) };

/** Those that came last in a journal; another is written down again. */
const MAX_COMMON = 8;

/** Three times after its arrival are in one cell, ten bits each; the last of them says that there is no such time. */
const TIME_BITS = 10;
const NO_TIME = 2 ** TIME_BITS - 1;
/** The status is in the lower bits of a cell, and the bytes that came in are above it. */
const STATUS_BITS = 10;
const MAX_BYTES_IN = 2 ** 20;
const MAX_WHOLE = 2 ** 30;

export class PackedExchanges implements Packing<JournalEntry> {
  readonly cells = 10;
  readonly #common: Common[] = [];
  #next = 0;

  pack(entry: JournalEntry, cells: Cells, at: number, base: number): boolean {
    if (entry.kind !== 'exchange' || entry.ended !== 'answered') return false;
    const { requestId, connection, bytesIn, bytesOut, status, finAt } = entry;
    const since = offset(entry.at, base);
    const times = packTimes(entry);
    if (since === undefined || times === undefined || finAt !== null || status === null || entry.hits.length > 0)
      return false;
    if (entry.spared.length + entry.inapplicable.length + entry.limited.length > 0) return false;
    if (bytesIn >= MAX_BYTES_IN || bytesOut >= MAX_WHOLE || connection >= MAX_WHOLE) return false;
    const common = this.#commonOf(entry);
    cells[at] = requestId;
    cells[at + 2] = since;
    cells[at + 3] = times;
    cells[at + 4] = common;
    cells[at + 5] = common.url;
    cells[at + 6] = moreOf(entry);
    cells[at + 7] = connection;
    cells[at + 8] = bytesOut;
    cells[at + 9] = (bytesIn << STATUS_BITS) | status;
    return true;
  }

  unpack(cells: Cells, at: number, base: number): ExchangeEntry {
    const arrivedAt = base + (cells[at + 2] as number);
    const times = cells[at + 3] as number;
    const common = cells[at + 4] as Common;
    const told = cells[at + 6] as More | string | null;
    const more = typeof told === 'string' ? NOTHING_MORE : (told ?? NOTHING_MORE);
    const entry = newExchange({
      requestId: cells[at] as string,
      at: arrivedAt,
      door: common.door,
      remote: common.remote,
      client: common.client,
      operation: common.operation,
      method: common.method,
      url: cells[at + 5] as string,
      connection: cells[at + 7] as number,
      idempotencyKey: typeof told === 'string' ? told : more.idempotencyKey,
      attempt: more.attempt,
      traceparent: more.traceparent,
      about: more.about,
    });
    const status = cells[at + 9] as number;
    entry.bytesIn = status >> STATUS_BITS;
    entry.bytesOut = cells[at + 8] as number;
    entry.status = status & (2 ** STATUS_BITS - 1);
    entry.workedAt = timeIn(times, 0, arrivedAt);
    entry.firstByteAt = timeIn(times, 1, arrivedAt);
    entry.endedAt = timeIn(times, 2, arrivedAt);
    entry.ended = 'answered';
    return entry;
  }

  #commonOf({ door, remote, client, operation, method, url }: ExchangeEntry): Common {
    for (const known of this.#common)
      if (
        known.operation === operation &&
        known.client === client &&
        known.remote === remote &&
        known.method === method &&
        known.door === door
      ) {
        if (known.url !== url) known.url = url;
        return known;
      }
    const common: Common = { door, remote, client, operation, method, url };
    this.#common[this.#next] = common;
    this.#next = (this.#next + 1) % MAX_COMMON;
    return common;
  }
}

function moreOf({ idempotencyKey, attempt, traceparent, about }: ExchangeEntry): More | string | null {
  if (attempt === null && traceparent === null) {
    if (about === null) return idempotencyKey;
    if (idempotencyKey === null && isConditionalAlone(about)) return CONDITIONAL;
  }
  return { idempotencyKey, attempt, traceparent, about };
}

/** Undefined when one of them does not fit. */
function packTimes({ at, workedAt, firstByteAt, endedAt }: ExchangeEntry): number | undefined {
  const [worked, first, ended] = [timeAfter(at, workedAt), timeAfter(at, firstByteAt), timeAfter(at, endedAt)];
  if (worked === undefined || first === undefined || ended === undefined) return undefined;
  return worked | (first << TIME_BITS) | (ended << (2 * TIME_BITS));
}

function timeAfter(at: number, time: number | null): number | undefined {
  if (time === null) return NO_TIME;
  const after = time - at;
  return Number.isInteger(after) && after >= 0 && after < NO_TIME ? after : undefined;
}

function timeIn(times: number, place: number, at: number): number | null {
  const after = (times >> (place * TIME_BITS)) & NO_TIME;
  return after === NO_TIME ? null : at + after;
}
