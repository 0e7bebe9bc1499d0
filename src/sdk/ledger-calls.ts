// The calls of the typed client that are about the books: what was sold, what a seller believes, and whether all is in order.
import type { Audited, LedgerPage, LedgerQuery, ReconcileBody, Reconciled } from '../admin/contract/ledger.ts';
import { type AdminAddress, type AdminRequest, callAdmin } from './admin-request.ts';
import { queryText } from './calls.ts';

/** A hundred thousand rows may take so long on a machine that is busy. */
const RECONCILED_MS = 120_000;

export interface LedgerCalls {
  /** What was truly sold, by client and external reference. */
  ledger(query?: LedgerQuery): Promise<LedgerPage>;
  /** What a seller believes it has sold against what was truly sold; a text is CSV, of the client named if one is. */
  reconcile(belief: ReconcileBody | string, client?: string): Promise<Reconciled>;
  /** Whether the books are in order. */
  invariants(): Promise<Audited>;
}

export function ledgerCalls(world: AdminAddress): LedgerCalls {
  const ask = <Answer>(request: AdminRequest): Promise<Answer> => callAdmin(world, request) as Promise<Answer>;
  return {
    ledger: (query = {}) => ask({ method: 'GET', path: `/v1/ledger${queryText(query)}` }),
    reconcile: (belief, client) =>
      ask({
        ...{ method: 'POST', path: `/v1/ledger/reconcile${queryText({ client })}`, timeoutMs: RECONCILED_MS },
        ...(typeof belief === 'string' ? { csv: belief } : { body: belief }),
      }),
    invariants: () => ask({ method: 'GET', path: '/v1/invariants' }),
  };
}
