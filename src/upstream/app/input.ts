// Checks what came with a call against its operation's schemas, once for each query string.
import type { IncomingMessage } from 'node:http';
import { type Mistake, mistakesOf } from '../../base/mistake.ts';
import { readJsonObject } from '../../web/body.ts';
import type { Operation } from '../operations/operation.ts';
import { refuseInput } from './refuse-input.ts';

/** Query strings remembered for each operation. */
const MAX_REMEMBERED = 1024;
/** Longer query strings, in characters, are parsed each time. */
const MAX_REMEMBERED_LENGTH = 256;

/** The parsed query of an operation; refuses every mistake in it. */
export type QueryReader = (operation: Operation, search: string) => unknown;

export function createQueryReader(): QueryReader {
  const byOperation = new Map<Operation, Map<string, unknown>>();
  return (operation, search) => {
    let remembered = byOperation.get(operation);
    if (!remembered) {
      remembered = new Map();
      byOperation.set(operation, remembered);
    }
    if (remembered.has(search)) return remembered.get(search);
    const query = parseQuery(operation, search);
    if (search.length > MAX_REMEMBERED_LENGTH) return query;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(search, query);
    return query;
  };
}

function parseQuery({ query }: Operation, search: string): unknown {
  const given: Record<string, string> = Object.create(null);
  const twice: Mistake[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    if (name in given) twice.push({ path: name, message: 'is given twice' });
    given[name] = value;
  }
  const checked = query.safeParse({ ...given }, { reportInput: true });
  if (twice.length > 0 || !checked.success)
    throw refuseInput([...twice, ...(checked.error ? mistakesOf(checked.error, query) : [])]);
  return checked.data;
}

/** The checked body of an operation, undefined when it reads none; refuses every mistake in it. */
export function readBody(operation: Operation, sent: Buffer | undefined, headers: IncomingMessage['headers']): unknown {
  const { body, bodyRequired } = operation;
  if (!body) return undefined;
  const read = readJsonObject(sent, headers['content-type']);
  if (read && 'mistake' in read) throw refuseInput([read.mistake]);
  if (!read && bodyRequired) throw refuseInput([{ path: '', message: 'the body must be a JSON object, got none' }]);
  const checked = body.safeParse(read?.value ?? {}, { reportInput: true });
  if (!checked.success) throw refuseInput(mistakesOf(checked.error, body));
  return checked.data;
}
