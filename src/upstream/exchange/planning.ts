// The plan of one request: what the rules in force have drawn for it, and what it has asked for itself by header.
import { FAULT_HEADER_KEY } from '../../faults/header/fault-items.ts';
import type { HeaderFaults } from '../../faults/header/header-faults.ts';
import { type Plan, UNTOUCHED } from '../../faults/plan.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import { refuseInput } from '../app/refuse-input.ts';
import { refusal } from '../replies.ts';
import { RequestArrival } from './request-arrival.ts';
import { askedBy, type RequestHead } from './request-head.ts';

/** A reply in its place says what is wrong with its header. */
export function planFor(head: RequestHead, body: Buffer | undefined): Plan | Reply {
  const { world, noWorld, entry } = head;
  const { engine, journal } = world;
  if (noWorld) return UNTOUCHED;
  const asked = engine.byHeader && askedFor(engine.byHeader, head);
  if (asked && 'mistakes' in asked) return refusal(refuseInput(asked.mistakes), askedBy(head));
  if (!asked && !engine.touches(entry.operation, entry.client)) return UNTOUCHED;
  return engine.plan(new RequestArrival(head, body), { draws: entry, keeper: journal }, asked);
}

/** Undefined where it asks for nothing. */
function askedFor(byHeader: HeaderFaults, { parts }: RequestHead) {
  const text = parts.request.headers[FAULT_HEADER_KEY];
  return typeof text === 'string' && text !== '' ? byHeader.of(text) : undefined;
}
