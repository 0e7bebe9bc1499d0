// Brings a server to show each of its metrics with all labels: a rule acts, a crowd waits for servers, a story is played.
import { ask, reserveOne } from './seller.ts';

/** A story that begins with a note, and for minutes does nothing else. */
const STORY = 'presale-code-trouble';

export async function showEveryMetric({ upstream, admin }: { readonly upstream: string; readonly admin: string }) {
  const put = (path: string, json: unknown) => ask(`${admin}${path}`, { method: 'PUT', json });
  const post = (path: string, json: unknown) => ask(`${admin}${path}`, { method: 'POST', json });
  await put('/v1/capacity', { servers: 1, serviceTime: { mean: '1ms' }, queue: 1 });
  await put('/v1/crowd', { arrivals: { base: 1 }, classes: [{ policy: 'polite' }] });
  await post('/v1/rules', { fault: 'latency', with: { fixed: '1ms' } });
  await post(`/v1/scenarios/${STORY}/play`, {});
  await reserveOne(upstream);
}
