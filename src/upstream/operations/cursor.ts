// Cursors: an opaque place in one filtered list, useless for any other.
import { hash32 } from '../../base/chance.ts';
import { refuseInput } from '../app/refuse-input.ts';

/** Characters. */
export const MAX_CURSOR = 64;

const FORM = /^(\d{1,9})\.([0-9a-z]{1,7})$/;

/** `list` names the list and its filter; `from` is a position in it. */
export function writeCursor(list: string, from: number): string {
  return Buffer.from(`${from}.${check(list, from)}`).toString('base64url');
}

/** The position; refuses what was not written for this very list. */
export function readCursor(list: string, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [, from, sum] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (from === undefined || sum !== check(list, Number(from)) || writeCursor(list, Number(from)) !== cursor)
    throw refuseInput([{ path: 'cursor', message: 'is not the nextCursor of a page with this filter' }]);
  return Number(from);
}

/** Catches a slip, not a forger: a position is no secret. */
const check = (list: string, from: number): string => hash32(`${list}\n${from}`).toString(36);
