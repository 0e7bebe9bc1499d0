// Writes a rule as an item of the header `Showstopper-Fault`: the other way round from how the upstream reads it.
import { type BareItem, DisplayString, type Item, serializeList, Token } from 'structured-headers';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface WrittenFault {
  readonly fault: string;
  readonly share?: number;
  readonly with?: Readonly<Record<string, Json | undefined>>;
}

export const headerText = (...faults: readonly WrittenFault[]): string =>
  serializeList(
    faults.map(({ fault, share, with: params = {} }): Item => {
      const keys = new Map<string, BareItem>();
      flatten(params, '', keys);
      if (share !== undefined) keys.set('share', share);
      return [new Token(fault), keys];
    }),
  );

function flatten(value: Json, at: string, keys: Map<string, BareItem>): void {
  if (typeof value === 'object') {
    for (const [name, part] of Object.entries(value) as [string, Json | undefined][])
      if (part !== undefined) flatten(part, `${at}${at && '.'}${kebab(name)}`, keys);
  } else keys.set(at, typeof value === 'string' && !/^[\x20-\x7e]*$/.test(value) ? new DisplayString(value) : value);
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
