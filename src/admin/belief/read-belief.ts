// Reads what a seller believes, as JSON or CSV: all of its rows, or everything that is wrong with them.
import { mistakesOf } from '../../base/mistake.ts';
import { beliefRequest, type ReadBelief } from './belief-row.ts';
import { readCsv } from './read-csv.ts';

export const BELIEF_TYPES = ['application/json', 'text/csv'] as const;
export type BeliefType = (typeof BELIEF_TYPES)[number];

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function readBelief(bytes: Uint8Array, type: BeliefType): ReadBelief {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return wrong('is not UTF-8');
  }
  return type === 'text/csv' ? readCsv(text) : readJson(text);
}

function readJson(text: string): ReadBelief {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return wrong(`is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}`);
  }
  const read = beliefRequest.safeParse(value, { reportInput: true });
  if (!read.success) return { errors: mistakesOf(read.error, beliefRequest) };
  const { client, orders } = read.data;
  return { client, rows: orders.map(({ seats = null, amount = null, ...row }) => ({ ...row, seats, amount })) };
}

const wrong = (message: string): ReadBelief => ({ errors: [{ path: '', message }] });
