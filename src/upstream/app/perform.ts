// Performs one operation: checks its input, claims its idempotency key, does the work, and answers refusals too.
import type { IncomingMessage } from 'node:http';
import type { Subject } from '../../box-office/subject.ts';
import type { KeptReply, Operation, Work } from '../operations/operation.ts';
import type { PaymentSettings } from '../operations/pages-asked.ts';
import { type Answer, internalAnswer, refusalAnswer } from '../replies.ts';
import type { OperationCall } from './call.ts';
import { once, readKey } from './idempotent.ts';
import { type QueryReader, readBody } from './input.ts';

export interface Performer {
  readonly kept: KeptReply;
  readonly readQuery: QueryReader;
  readonly payments: PaymentSettings;
  /** Hears of a programmer's error; its failure is nobody's. */
  readonly failed: (error: unknown, requestId: string) => void;
}

/** A call on its way through the app. */
export interface Job {
  readonly call: OperationCall;
  /** What its request is about, as far as it names that. */
  named: Subject | undefined;
  answer: Answer | undefined;
}

/** Throws a refusal for what is wrong before the work; of the work itself, refusals and errors are answers. */
export function perform(
  performer: Performer,
  operation: Operation,
  job: Job,
  headers: IncomingMessage['headers'],
): Answer | Promise<Answer> {
  const { call } = job;
  const work: Work = {
    boxOffice: call.boxOffice,
    client: call.client,
    terms: call.terms,
    params: call.params,
    query: performer.readQuery(operation, call.search),
    body: operation.body && readBody(operation, call.body, headers),
    headers,
    base: call.base,
    linkBase: call.linkBase,
    secure: call.secure,
    payment: call.payment,
    sent: call.body,
    payments: performer.payments,
    timeScale: call.timeScale,
    kept: performer.kept,
  };
  job.named = operation.about?.(work);
  if (operation.idempotency === 'none') return operation.handler(work);
  const key = readKey(operation, headers['idempotency-key']);
  if (key === undefined) return operation.handler(work);
  const { keys, client, path, terms } = call;
  return once({ keys, client, path, key, method: operation.method, body: work.body, terms }, async () => {
    try {
      return await operation.handler(work);
    } catch (error) {
      return failure(performer, error, call);
    }
  });
}

/** The answer to what was thrown. */
export function failure({ failed }: Performer, error: unknown, call: OperationCall): Answer {
  const asked = { path: call.base + call.path, requestId: call.requestId };
  const refused = refusalAnswer(error, asked);
  if (refused) return refused;
  try {
    failed(error, call.requestId);
  } catch {
    // An observer's failure never reaches the exchange.
  }
  return internalAnswer(asked);
}
