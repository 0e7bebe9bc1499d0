// The operations as rules and questions to the journal may name them.
import type { KnownNames } from '../faults/known-names.ts';
import { OPERATIONS } from './operations.ts';
import { UNMATCHED } from './reception.ts';

export const OF_THE_API: Required<Pick<KnownNames, 'operations' | 'api'>> = Object.freeze({
  operations: [...OPERATIONS.map(({ name }) => name), UNMATCHED],
  api: OPERATIONS.map(({ name, method, path, idempotency }) => ({
    name,
    method,
    path,
    takesKey: idempotency !== 'none',
  })),
});
