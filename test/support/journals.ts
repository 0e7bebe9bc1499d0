// A journal for tests, with a budget of bytes of its own.
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import { Journal, type JournalOptions } from '../../src/journal/journal.ts';

export const createJournal = ({
  maxBytes,
  ...options
}: Omit<JournalOptions, 'budget'> & { readonly maxBytes: number }): Journal =>
  new Journal({ ...options, budget: new ByteBudget(maxBytes) });
