// The books: what was truly sold, a seller's own books against it, and whether all is in order.
import type { Pseudonym } from '../../base/pseudonym.ts';
import type { Caller } from '../../director/actions.ts';
import { auditInvariants } from '../../director/invariants.ts';
import { ledgerPage } from '../../director/ledger.ts';
import { clientNamed } from '../../director/webhooks.ts';
import type { World } from '../../director/world-port.ts';
import type { ReconciliationMade } from '../../rehearsal/reconciliation.ts';
import { beliefRequest, COLUMNS, MAX_BELIEF_BYTES, REQUIRED_COLUMNS } from '../belief/belief-row.ts';
import { auditedShape, ledgerQuery, ledgerShape, reconciledShape, reconcileQuery } from '../contract/ledger.ts';
import type { AdminDeps } from '../deps.ts';
import { malformed } from '../input.ts';
import { presentAudited, presentLedger } from '../present-audit.ts';
import { Reconciling } from '../reconciling.ts';
import { defineRoute, ok, type Route } from '../route.ts';

const CSV = `A header line with the columns ${COLUMNS.join(', ')}, of which ${REQUIRED_COLUMNS.join(' and ')} must be there, and a line an order.`;

export function ledgerRoutes({ director, rehearsals }: AdminDeps): Route[] {
  const reconciling = new Reconciling();
  const named = (world: World, client: string) => clientNamed(client, director.knownIn(world));
  return [
    defineRoute({
      name: 'getLedger',
      method: 'GET',
      path: '/v1/ledger',
      summary: 'What was truly reserved, sold, captured and refunded, by client and external reference.',
      access: 'read',
      query: ledgerQuery,
      answers: { 200: { summary: 'One page, in order of client and reference.', shape: ledgerShape } },
      refusals: ['validation_failed'],
      async handle({ world, query: { client, cursor, ...query }, caller }) {
        const after = cursor === undefined ? undefined : keyIn(cursor);
        const meant = client === undefined ? undefined : named(world, client);
        const shownAs = shownTo(caller, world);
        return ok(presentLedger(await ledgerPage(world, { ...query, after, client: meant, shownAs }), shownAs));
      },
    }),
    defineRoute({
      name: 'reconcileLedger',
      method: 'POST',
      path: '/v1/ledger/reconcile',
      summary: 'What a seller believes it has sold, as JSON or CSV, against what was truly sold: every difference.',
      access: 'read',
      query: reconcileQuery,
      dataTypes: { 'application/json': beliefRequest, 'text/csv': CSV },
      maxBytes: MAX_BELIEF_BYTES,
      answers: { 200: { summary: 'They agree, or these are the differences.', shape: reconciledShape } },
      refusals: ['validation_failed', 'too_many_concurrent'],
      async handle({ world, query: { client }, data, caller }) {
        const shownAs = shownTo(caller, world);
        const made = (made: ReconciliationMade): void => {
          if (caller.who !== 'viewer') rehearsals.reconciled(world, made); // who may only read writes into no record
        };
        const asked = { data, client, shownAs, made, named: (one: string) => named(world, one) };
        return { status: 200, body: await reconciling.answer(world, asked) };
      },
    }),
    defineRoute({
      name: 'checkInvariants',
      method: 'GET',
      path: '/v1/invariants',
      summary:
        'Whether the books are in order: every rule they keep, and each breach with the requests that were about it.',
      access: 'read',
      answers: { 200: { summary: 'What was found.', shape: auditedShape } },
      handle: async ({ world }) => ok(presentAudited(await auditInvariants(world))),
    }),
  ];
}

/** Viewers are told references as the journal tells them: they may compare them, and not read them. */
const shownTo = ({ who }: Caller, { pseudonym }: World): Pseudonym | undefined =>
  who === 'viewer' ? pseudonym : undefined;

function keyIn(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (key.includes('\n')) return key;
  throw malformed([{ path: 'cursor', message: 'must be the nextCursor of a page' }], 'query parameters');
}
