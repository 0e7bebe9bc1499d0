// How rate-limit is brought to light: its quota to the request, and its window from both sides.
import type { Trial } from './signature.ts';

export const RATE_LIMIT_TRIALS: readonly Trial[] = [
  {
    stimulus: 'two-requests',
    with: { quota: 1, window: '10s' },
    figures: { headers: { 'retry-after': '10', 'ratelimit-policy': 'default;q=1;w=10' } },
  },
  {
    stimulus: 'two-requests',
    with: { quota: 2, window: '10s' },
    shows: { status: 200, work: true, headers: { ratelimit: 'r=0' } },
  },
  { stimulus: 'two-requests', with: { quota: 1, window: '600ms' }, pauseMs: 300 },
  {
    stimulus: 'two-requests',
    with: { quota: 1, window: '600ms' },
    pauseMs: 900,
    shows: { status: 200, work: true, headers: { ratelimit: 'r=0' } },
  },
];
