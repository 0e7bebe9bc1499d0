// What a request names, as its operation reads it, whether or not it is served.
import type { IncomingMessage } from 'node:http';
import type { Subject } from '../../box-office/subject.ts';
import { readJsonObject } from '../../web/body.ts';
import type { AskedPayment } from '../operations/pages-asked.ts';
import type { Matched } from '../operations/segments.ts';

interface NamedIn extends Matched {
  /** Raw query string without `?`. */
  readonly search: string;
  readonly body: Buffer | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly payment: AskedPayment | undefined;
}

/** All that its path names, and what query and body do where they are as they must be. */
export function namedIn({ operation, params, search, body, headers, payment }: NamedIn): Subject | undefined {
  if (!operation.about) return undefined;
  const query = operation.query.safeParse(Object.fromEntries(new URLSearchParams(search))).data;
  const read = operation.body && readJsonObject(body, headers['content-type']);
  const value = read && 'value' in read ? operation.body?.safeParse(read.value).data : undefined;
  return operation.about({ params, query, body: value, payment });
}
