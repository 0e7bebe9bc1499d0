// One call of an operation, as the exchange hands it to the Koa app when its work is to begin.
import type { BoxOffice } from '../../box-office/box-office.ts';
import type { IdempotencyKeys } from '../../box-office/state/idempotency.ts';
import type { Terms } from '../../box-office/terms.ts';
import type { Operation } from '../operations/operations.ts';
import type { AskedPayment } from '../operations/pages-asked.ts';

export interface OperationCall {
  /** Undefined for a path or method that no operation has: the router answers 404 or 405. */
  readonly operation: Operation | undefined;
  /** Path parameters by name, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** What stands before every path of its world: `/w/{world}`, or nothing. */
  readonly base: string;
  /** Within the world, without query. */
  readonly path: string;
  /** Raw query string without `?`, empty when there is none. */
  readonly search: string;
  readonly client: string;
  /** False when sellers' keys are listed and this request has none of them. */
  readonly authorized: boolean;
  readonly requestId: string;
  readonly body: Buffer | undefined;
  /** What stands before the URLs that it hands out, where that is set. */
  readonly linkBase: string | undefined;
  /** It came over TLS. */
  readonly secure: boolean;
  /** Of a payment's page: whose payment it is. */
  readonly payment: AskedPayment | undefined;
  /** Box-office milliseconds in a real one. */
  readonly timeScale: number;
  readonly terms: Terms;
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
}
