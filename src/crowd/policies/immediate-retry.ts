// timeout3, naive and hang-forever: each failure is followed by the next call at once; they differ in their figures alone.
import { ADMITTED, GIVE_UP, type Policy, type PolicyKind } from '../policy.ts';

type Figures = Pick<PolicyKind, 'summary' | 'attempts' | 'timeoutMs'>;

const FIGURES = {
  timeout3: {
    summary: 'Waits three seconds for each answer, then calls again at once; four calls in all.',
    attempts: 4,
    timeoutMs: 3000,
  },
  naive: {
    summary: 'Waits a minute for each answer, then calls again at once; four calls in all.',
    attempts: 4,
    timeoutMs: 60_000,
  },
  'hang-forever': {
    summary: 'Waits for each answer without end; what it holds grows for as long as nothing comes.',
    attempts: 1,
    timeoutMs: Number.POSITIVE_INFINITY,
  },
} as const satisfies Readonly<Record<string, Figures>>;

export const immediateRetry = (name: keyof typeof FIGURES): PolicyKind => ({
  ...FIGURES[name],
  sustained: (attempts) => attempts,
  create: ({ attempts }): Policy => ({
    admit: () => ADMITTED,
    succeeded() {},
    failed: (_nowMs, _ticket, attempt) => (attempt < attempts ? 0 : GIVE_UP),
  }),
});
