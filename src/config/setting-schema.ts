// How the text of a setting becomes its value; a mistake says what is allowed, and never repeats a secret.
import { z } from 'zod';
import { isFreeName, RESERVED_CLIENTS } from '../base/client-names.ts';
import { MAIN_DOOR, TLS_DOOR } from '../base/door-names.ts';
import { DURATION_FORM, parseDuration } from '../base/duration.ts';

/** From the text as written to the value as used; a program that starts a server writes it as `Option`. */
export type TextSchema<Value, Option = Value> = z.ZodType<Value, string> & { readonly option?: Option };

/** As `250ms`, `3s`, `5m`, `2h` or `1d`. */
export type DurationOption = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;
/** By name. */
export type PairsOption<To extends string | number> = Readonly<Record<string, To>>;

/** `parse` gives undefined for text that is not allowed; `allowed` completes "must be …". */
export function reads<Value, Option = Value>(
  allowed: string,
  parse: (text: string) => Value | undefined,
): TextSchema<Value, Option> {
  return z.string().transform((text, context) => {
    const value = parse(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be ${allowed}` });
    return z.NEVER;
  });
}

export const anyText = reads('some text', (text) => text || undefined);

export const host = reads('an IP address or a host name, without scheme or port', (text) => {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  return /^[\dA-Za-z._-]+$/.test(bare) || /^[\da-fA-F:.]+(%\w+)?$/.test(bare) ? bare : undefined;
});

export const port = reads('a port from 0 to 65535, 0 for a free one', (text) => wholeWithin(text, 0, 65_535));

export const truth = reads('true or false', (text) =>
  /^(true|1|yes)$/i.test(text) ? true : /^(false|0|no)$/i.test(text) ? false : undefined,
);

export const whole = (min: number, max: number): TextSchema<number> =>
  reads(`a whole number from ${min} to ${max}`, (text) => wholeWithin(text, min, max));

export const factor = (max: number): TextSchema<number> =>
  reads(`a number above 0, at most ${max}`, (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
    return value > 0 && value <= max ? value : undefined;
  });

/** Milliseconds. */
export const durationUpTo = (maxMs: number): TextSchema<number, DurationOption> =>
  reads(`${DURATION_FORM}, above 0 and at most ${maxMs / 86_400_000}d`, (text) => {
    const ms = parseDuration(text);
    return ms !== undefined && ms > 0 && ms <= maxMs ? ms : undefined;
  });

/** Milliseconds; may be 0. */
export const durationFrom0 = (maxMs: number): TextSchema<number, DurationOption> =>
  reads(`${DURATION_FORM}, at most ${maxMs / 86_400_000}d`, (text) => {
    const ms = parseDuration(text);
    return ms !== undefined && ms <= maxMs ? ms : undefined;
  });

const UNIT_BYTES = { '': 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

export const bytes = (min: number, max: number): TextSchema<number, number | `${number}${'KiB' | 'MiB' | 'GiB'}`> =>
  reads(`a size from ${min} to ${max} bytes, as 33554432 or 32MiB`, (text) => {
    const parts = /^(\d{1,15})(KiB|MiB|GiB)?$/.exec(text);
    const value = Number(parts?.[1]) * UNIT_BYTES[(parts?.[2] ?? '') as keyof typeof UNIT_BYTES];
    return value >= min && value <= max ? value : undefined;
  });

export const oneOf = <const Word extends string>(words: readonly Word[]): TextSchema<Word> =>
  reads(words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`, (text) =>
    words.find((word) => word === text),
  );

/** Comma-separated; each part of the given form, none twice. */
export const list = (what: string, form: RegExp): TextSchema<readonly string[]> =>
  reads(`${what}, separated by commas`, (text) => {
    const parts = text.split(',').map((part) => part.trim());
    return parts.every((part) => form.test(part)) ? Object.freeze([...new Set(parts)]) : undefined;
  });

export const oneName = (what: string, form: RegExp): TextSchema<string> =>
  reads(what, (text) => (form.test(text) ? text : undefined));

/** What fits into an Authorization header as it is. */
export const token = reads('visible ASCII characters without spaces', (text) =>
  /^[\x21-\x7e]+$/.test(text) ? text : undefined,
);

export const baseUrl = reads('an http or https URL without query and fragment', (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) return undefined;
  return url.href.replace(/\/+$/, '');
});

/** `name=key,…`, as a map from key to name; a seller may have several keys. */
export const sellerKeys = reads<ReadonlyMap<string, string>, PairsOption<string>>(
  `name=key pairs separated by commas; names of a-z, 0-9 and -, at most 32 long, not ${RESERVED_CLIENTS.join(', ')} and not key- with digits of a hash; no key twice`,
  (text) => {
    const names = new Map<string, string>();
    for (const pair of text.split(/[,\n]/).map((part) => part.trim())) {
      if (pair === '' || pair.startsWith('#')) continue;
      const equals = pair.indexOf('=');
      if (equals < 0) return undefined;
      const [name, key] = [pair.slice(0, equals), pair.slice(equals + 1)];
      if (!isFreeName(name)) return undefined;
      if (!/^[\x21-\x7e]+$/.test(key) || names.has(key)) return undefined;
      names.set(key, name);
    }
    return names.size > 0 ? names : undefined;
  },
);

/** Names of the doors that other settings open. */
const RESERVED_DOORS: readonly string[] = [MAIN_DOOR, TLS_DOOR];
const MAX_DOORS = 64;

export interface DoorPort {
  readonly name: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** `name:port,…`, in the order written. */
export const doorPorts = reads<readonly DoorPort[], PairsOption<number>>(
  `name:port pairs separated by commas, at most ${MAX_DOORS}; names of a-z, 0-9 and -, at most 32 long, not main or tls; ports from 0 to 65535, 0 for a free one; no name and no port twice`,
  (text) => {
    const doors: DoorPort[] = [];
    for (const pair of text.split(',').map((part) => part.trim())) {
      const [, name = '', digits = ''] = /^([a-z0-9-]{1,32}):(\d{1,5})$/.exec(pair) ?? [];
      const port = wholeWithin(digits, 0, 65_535);
      if (port === undefined || RESERVED_DOORS.includes(name)) return undefined;
      if (doors.some((door) => door.name === name || (port !== 0 && door.port === port))) return undefined;
      doors.push(Object.freeze({ name, port }));
    }
    return doors.length <= MAX_DOORS ? Object.freeze(doors) : undefined;
  },
);

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** `from-to`, both included. */
export const portRange = reads<PortRange, `${number}-${number}`>(
  'a range of ports from 1 to 65535, as 20000-20099',
  (text) => {
    const [, first = '', last = ''] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
    const from = wholeWithin(first, 1, 65_535);
    const to = wholeWithin(last, 1, 65_535);
    return from === undefined || to === undefined || from > to ? undefined : Object.freeze({ from, to });
  },
);

function wholeWithin(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
