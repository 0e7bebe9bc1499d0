// Calls to one address, and questions as the text after a path.
import type { List } from '../admin/contract/contract.ts';
import { type AdminAddress, type AdminRequest, callAdmin } from './admin-request.ts';

export function callsTo(address: AdminAddress) {
  const call = <Answer>(request: AdminRequest): Promise<Answer> => callAdmin(address, request) as Promise<Answer>;
  const read = <Answer>(path: string): Promise<Answer> => call({ method: 'GET', path });
  return {
    call,
    read,
    list: async <Item>(path: string): Promise<Item[]> => (await read<List<Item>>(path)).data,
    post: <Answer>(path: string, body: object = {}): Promise<Answer> => call({ method: 'POST', path, body }),
    remove: <Answer>(path: string): Promise<Answer> => call({ method: 'DELETE', path }),
  };
}

/** What is given of a question, as `?name=value`; empty for nothing. */
export function queryText(query: object): string {
  const pairs = Object.entries(given(query)).map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

/** The same without what is undefined. */
export const given = <Parts extends object>(parts: Parts): Partial<Parts> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Partial<Parts>;
