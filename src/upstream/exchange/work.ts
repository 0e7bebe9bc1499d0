// Has the work of one request done by the app, on the terms that its rules want.
import { TLS_DOOR } from '../../base/door-names.ts';
import { HONEST, type Terms } from '../../box-office/terms.ts';
import { type Plan, type Told, UNTOUCHED } from '../../faults/plan.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import type { UpstreamApp } from '../app/app.ts';
import type { OperationCall } from '../app/call.ts';
import { noteSubject } from './entry-about.ts';
import type { RequestHead } from './request-head.ts';

interface Worked {
  readonly reply: Reply;
  /** False where it only went through the motions. */
  readonly done: boolean;
  /** Set where a rule's terms have been used, to tell whether that shows. */
  readonly told: Told | undefined;
}

export async function doWork(
  app: UpstreamApp,
  plan: Plan,
  head: RequestHead,
  body: Buffer | undefined,
): Promise<Worked> {
  const { request, response } = head.parts;
  const planned = plan === UNTOUCHED ? undefined : plan.work(HONEST);
  const terms = planned?.terms ?? HONEST;
  const { reply, subject } = await app.work(request, response, callOf(head, body, terms));
  const by = planned?.done() ?? [];
  const told =
    by.length > 0 ? { by, honest: (await app.work(request, response, callOf(head, body, HONEST))).reply } : undefined;
  noteSubject(head, subject);
  return { reply, done: terms.dryRun === undefined, told };
}

function callOf(
  { matched, authorized, base, linkBase, path, search, entry, world, payment, parts }: RequestHead,
  body: Buffer | undefined,
  terms: Terms,
): OperationCall {
  return {
    operation: matched?.operation,
    params: matched?.params ?? NO_PARAMS,
    base,
    linkBase,
    secure: parts.connection.door === TLS_DOOR,
    payment,
    timeScale: world.boxOfficeClock.scale,
    path,
    search,
    client: entry.client,
    authorized,
    requestId: entry.requestId,
    body,
    terms,
    boxOffice: world.boxOffice,
    keys: world.keys,
  };
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
