// Two shops that reserve and order: one goes on whatever is answered with a 200, one looks whether it is JSON.
import { request } from 'undici';
import { type Manner, reservation, type Task } from './manner.ts';

const ordering = (looks: boolean) => (): Manner => {
  const counted = { pages: 0, trusted: 0 };
  return {
    counted,
    async perform(task) {
      const { url, headers, json } = reservation(task);
      const answer = await request(url, { method: 'POST', headers, body: JSON.stringify(json) });
      const text = await answer.body.text();
      const isPage = !answer.headers['content-type']?.includes('json');
      if (isPage) counted.pages++;
      if (isPage && looks) return;
      if (isPage) counted.trusted++;
      await order(task, isPage ? 'undefined' : JSON.parse(text).id); // what a script makes of an id that is not there
    },
  };
};

async function order({ base, number }: Task, reservationId: string): Promise<void> {
  const customer = { name: 'Ada', phone: `0912${String(number).padStart(4, '0')}` };
  const answer = await request(`${base}/v1/orders`, {
    method: 'POST',
    headers: {
      ...{ authorization: 'Bearer shop', 'content-type': 'application/json', 'idempotency-key': `order-${number}` },
    },
    body: JSON.stringify({ reservationId, externalRef: `purchase-${number}`, customer, payment: { method: 'seller' } }),
  });
  await answer.body.dump();
}

export const trusting = ordering(false);
export const looking = ordering(true);
