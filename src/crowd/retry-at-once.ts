// The manners of those who have none: every failure is followed by the next call at once.
import { ADMITTED, GIVE_UP, type Policy } from './policy.ts';

export const retryAtOnce = ({ attempts }: { readonly attempts: number }): Policy => ({
  admit: () => ADMITTED,
  succeeded() {},
  failed: (_nowMs, _ticket, attempt) => (attempt < attempts ? 0 : GIVE_UP),
});
