// The names that editors offer are those of the upstream's own table.
import { expectTypeOf, test } from 'vitest';
import type { OperationName } from '../../src/admin/contract/operations.ts';
import type { OperationName as OfTheTable } from '../../src/upstream/operations/operations.ts';

test('none is missing, and none is made up', () => {
  expectTypeOf<OperationName>().toEqualTypeOf<OfTheTable>();
});
