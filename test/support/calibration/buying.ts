// Two shops whose completions are done and whose answers are lost: one begins again, one repeats under the same key.
import { request } from 'undici';
import type { Manner, Task } from './manner.ts';

const PATIENCE_MS = 5000;

/** Resolves with what was answered, and rejects where nothing was, or no success. */
async function post({ base }: Task, path: string, json: object, key?: string): Promise<{ readonly id: string }> {
  const answer = await request(`${base}/v1${path}`, {
    method: 'POST',
    headers: {
      ...{ authorization: 'Bearer shop', 'content-type': 'application/json' },
      ...(key && { 'idempotency-key': key }),
    },
    body: JSON.stringify(json),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body = (await answer.body.json()) as { readonly id: string };
  if (answer.statusCode >= 400) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(body)}`);
  return body;
}

/** Resolves with an order that is yet to be completed. `turn` is different each time. */
async function order(task: Task, turn: string): Promise<string> {
  const customer = { name: 'Ada', phone: `0912${String(task.number).padStart(4, '0')}` };
  const seats = { bestAvailable: { count: 1 }, customerRef: `customer-${task.number}` };
  const { id: reservationId } = await post(task, `/sessions/${task.session}/reservations`, seats, `reserve-${turn}`);
  const bought = { reservationId, externalRef: `purchase-${task.number}`, customer, payment: { method: 'seller' } };
  return (await post(task, '/orders', bought, `order-${turn}`)).id;
}

const complete = (task: Task, id: string, turn: string): Promise<unknown> =>
  post(task, `/orders/${id}/complete`, {}, `complete-${turn}`);

export function doubling(): Manner {
  const counted = { again: 0 };
  return {
    counted,
    async perform(task) {
      const first = await order(task, `${task.number}`);
      await complete(task, first, `${task.number}`).catch(async () => {
        const second = await order(task, `${task.number}-again`);
        counted.again++;
        await complete(task, second, `${task.number}-again`).catch(() => {});
      });
    },
  };
}

export function repeating(): Manner {
  const counted = { again: 0 };
  return {
    counted,
    async perform(task) {
      const id = await order(task, `${task.number}`);
      await complete(task, id, `${task.number}`).catch(() => {
        counted.again++;
        return complete(task, id, `${task.number}`);
      });
    },
  };
}
