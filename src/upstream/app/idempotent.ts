// Does work once for each idempotency key: claims before it, settles after it, whatever becomes of the answer.
import { digestOf } from '../../base/digest.ts';
import { Refusal } from '../../base/refusal.ts';
import { type Claim, type IdempotencyKeys, isKept } from '../../box-office/state/idempotency.ts';
import type { Terms } from '../../box-office/terms.ts';
import type { Header } from '../../wire/answer/reply.ts';
import type { Operation } from '../operations/operation.ts';
import type { Answer } from '../replies.ts';
import type { Code } from '../statuses.ts';
import { refuseInput } from './refuse-input.ts';

/** Visible ASCII, at most 255 characters. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The key of a call, undefined when there is none or the operation reads none. */
export function readKey({ idempotency }: Operation, key: string | string[] | undefined): string | undefined {
  if (idempotency === 'none') return undefined;
  if (key === undefined || key === '') {
    if (idempotency === 'optional') return undefined;
    throw new Refusal<Code>('idempotency_key_missing', 'This operation needs an Idempotency-Key header.');
  }
  if (typeof key !== 'string' || !KEY.test(key))
    throw refuseInput([{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]);
  return key;
}

interface OnceParts {
  readonly keys: IdempotencyKeys;
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  /** As checked. */
  readonly body: unknown;
  readonly terms: Pick<Terms, 'forgetKey' | 'used'>;
}

/** `work` never rejects; `undefined` beside its answer means that it failed in a way that must not be kept. */
export async function once(
  { keys, client, method, path, key, body, terms }: OnceParts,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (terms.forgetKey && keys.forget({ client, path, key })) terms.used?.add('forgetKey');
  const claim: Claim = await keys.claim({ client, path, key }, fingerprint(method, path, body));
  if (claim.state === 'replay') return replayed(claim.answer);
  let honest: Answer | undefined;
  try {
    honest = await work();
    return honest;
  } finally {
    claim.settle(honest && isKept(honest.status) ? honest : undefined);
  }
}

/** Says that this is the answer to an earlier request. */
export const REPLAYED: Header = ['Idempotent-Replayed', 'true'];

function replayed({ status, headers, body, subject }: Answer): Answer {
  return { status, headers: [...headers, REPLAYED], body, subject };
}

const fingerprint = (method: string, path: string, body: unknown): string =>
  digestOf(`${method} ${path}\n${JSON.stringify(body, sorted) ?? ''}`);

/** A replacer that puts the members of objects in one order. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
