// Reads what a call sends, bounded and checked against its route's schemas.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { excessOf } from '../base/extent.ts';
import { hiddenFields } from '../base/hidden-fields.ts';
import { capped, type Mistake, mistakesOf } from '../base/mistake.ts';
import { Refusal } from '../base/refusal.ts';
import { readJsonObject, readJsonObjectOrNull } from '../web/body.ts';
import type { Route, TypedData } from './route.ts';
import type { AdminCode } from './statuses.ts';

/** A body is at most this long: it is parsed and checked at once, and nothing else runs meanwhile. */
export const MAX_BODY_BYTES = 262_144;

const MAX_SHOWN = 80;

interface Input {
  readonly query: unknown;
  readonly body: unknown;
  readonly text: string;
  readonly data: TypedData;
}

const NO_DATA: TypedData = { chunks: [], length: 0, type: '' };
const NONE = { body: undefined, text: '', data: NO_DATA };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether the client waits to be asked for its body. */
export const awaitsContinue = ({ httpVersion, headers }: IncomingMessage): boolean =>
  httpVersion !== '1.0' && /^100-continue$/i.test(headers.expect ?? '');

export async function readInput(
  {
    access,
    query,
    body,
    textTypes,
    dataTypes,
    maxBytes = MAX_BODY_BYTES,
  }: Pick<Route, 'access' | 'query' | 'body' | 'textTypes' | 'dataTypes' | 'maxBytes'>,
  { req, res }: { readonly req: IncomingMessage; readonly res: ServerResponse },
  asked: object,
): Promise<Input> {
  const checkedQuery = query ? check(query, { ...asked }, 'query parameters') : refuseQuery(access, asked);
  if (!body && !textTypes && !dataTypes) return { ...NONE, query: checkedQuery };
  const { chunks, length } = await readChunks(req, res, maxBytes);
  if (dataTypes)
    return { ...NONE, query: checkedQuery, data: { chunks, length, type: typeOf(req, Object.keys(dataTypes)) } };
  const bytes = Buffer.concat(chunks);
  if (textTypes) return { ...NONE, query: checkedQuery, text: readText(bytes, req, textTypes) };
  const readBody = body?.safeParse(null).success ? readJsonObjectOrNull : readJsonObject;
  const read = readBody(bytes, req.headers['content-type']);
  if (read && 'mistake' in read) throw refuseBody(read.mistake);
  const excess = read && excessOf(read.value);
  if (excess !== undefined) throw malformed([{ path: '', message: excess }], 'body');
  const hidden = hiddenFields(read?.value);
  if (hidden.length > 0) throw malformed(capped(hidden), 'body');
  return { ...NONE, query: checkedQuery, body: body && check(body, read ? read.value : {}, 'body') };
}

/** A filter that is not there would be taken for one that fits all; whoever probes or scrapes is answered whatever it adds. */
function refuseQuery(access: Route['access'], asked: object): undefined {
  const given = Object.keys(asked);
  if (access === 'open' || given.length === 0) return undefined;
  const message = 'unknown query parameter: there are none here';
  throw malformed(capped(given.map((name) => ({ path: name.slice(0, MAX_SHOWN), message }))), 'query parameters');
}

function check(schema: z.ZodType, value: unknown, what: string): unknown {
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) return checked.data;
  throw malformed(mistakesOf(checked.error, schema), what);
}

/** Says everything that is wrong, each with its place in what was sent. */
export function malformed(errors: readonly Mistake[], what: string): Refusal<AdminCode> {
  const detail = errors
    .map(({ path, message }) =>
      path ? `${path}: ${message}` : message.startsWith(`the ${what}`) ? message : `${what}: ${message}`,
    )
    .join('\n');
  return new Refusal('malformed', detail, { errors });
}

function refuseBody(mistake: Mistake): Refusal<AdminCode> {
  if (mistake.path === 'Content-Type') return new Refusal('unsupported_media_type', `Content-Type ${mistake.message}`);
  return malformed([mistake], 'body');
}

function readText(bytes: Buffer, req: IncomingMessage, types: readonly string[]): string {
  typeOf(req, types);
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed([{ path: '', message: 'is not UTF-8' }], 'body');
  }
}

function typeOf({ headers }: IncomingMessage, types: readonly string[]): string {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && types.includes(type)) return type;
  throw new Refusal<AdminCode>(
    'unsupported_media_type',
    `Content-Type must be one of ${types.join(', ')}, got ${type?.slice(0, 80) ?? 'none'}`,
  );
}

/** The whole body; no more of one that is too long than it takes to know. */
async function readChunks(req: IncomingMessage, res: ServerResponse, maxBytes: number) {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new Refusal<AdminCode>('unsupported_media_type', `Content-Encoding must be identity, got ${encoding}`);
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw tooLong(maxBytes);
  if (awaitsContinue(req)) res.writeContinue();
  try {
    // A broken-off reading must not destroy the socket, or nobody would hear why.
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw tooLong(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : malformed([{ path: '', message: 'was cut off' }], 'body');
  }
  return { chunks, length };
}

const tooLong = (maxBytes: number): Refusal<AdminCode> =>
  new Refusal('payload_too_large', `a body may have at most ${maxBytes} bytes`);
