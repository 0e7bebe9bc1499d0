// How many purchases by redirect a second: order, payment page, card, the issuer's answer, completion; reserved before, and not counted.
import { median, processorMs } from './figures.ts';
import { ask, fetchAnswer } from './requests.ts';
import { eachOf, reserve } from './reserve.ts';
import { type Subject, startShowstopper } from './subjects.ts';
import { printGoals, say, whole } from './table.ts';

export interface PurchasesPlan {
  /** Of each round. */
  readonly count: number;
  readonly rounds: number;
}

/** Buyers who are on their way together. */
const AT_ONCE = 16;
const RETURN = 'http://localhost/return';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export async function purchases({ count, rounds }: PurchasesPlan): Promise<void> {
  say(`Purchases by redirect, ${AT_ONCE} at once, ${rounds} rounds of ${whole(count)}`);
  const subject = await startShowstopper();
  try {
    await round(subject, count); // warms
    const [perSecond, cpuMs]: [number[], number[]] = [[], []];
    for (let nth = 0; nth < rounds; nth++) {
      const measured = await round(subject, count);
      perSecond.push(measured.perSecond);
      cpuMs.push(measured.cpuMs);
    }
    printGoals([
      { what: 'purchases a second', value: median(perSecond), of: perSecond, digits: 0, atLeast: 500 },
      { what: 'processor time of one, ms', value: median(cpuMs), of: cpuMs, digits: 3, atMost: 2 },
    ]);
  } finally {
    await subject.stop();
  }
}

async function round({ port, admin, pid }: Subject, count: number) {
  const url = `http://127.0.0.1:${port}`;
  await ask(`${admin}/v1/reset`, 'POST', {});
  const reservations = await reserve(url, count);
  const [cpu, began] = [processorMs(pid), performance.now()];
  await eachOf(count, AT_ONCE, (at) => purchase(url, reservations[at] ?? ''));
  const ms = performance.now() - began;
  return { perSecond: (count / ms) * 1000, cpuMs: (processorMs(pid) - cpu) / count };
}

interface Ordered {
  readonly id: string;
  readonly payment: { readonly redirectUrl: string };
}

/** Throws where any step does not lead on. */
async function purchase(url: string, reservationId: string): Promise<void> {
  const { id, payment } = await ask<Ordered>(`${url}/v1/orders`, 'POST', {
    ...{ reservationId, externalRef: reservationId, customer: { name: 'Ada', phone: '0912' } },
    payment: { method: 'redirect', returnUrl: RETURN },
  });
  const page = payment.redirectUrl;
  const issuer = page.replace('/pay/', '/3ds/');
  expectAnswer(await fetchAnswer(page), 200);
  expectAnswer(await fetchAnswer(page, 'POST', 'attempt=1&card=challenge', FORM), 303);
  expectAnswer(await fetchAnswer(issuer, 'POST', 'attempt=1&answer=approve', FORM), 303);
  expectAnswer(await fetchAnswer(`${url}/v1/orders/${id}/complete`, 'POST', {}, { 'idempotency-key': id }), 200);
}

function expectAnswer({ status, body }: { status: number; body: string }, expected: number): void {
  if (status !== expected) throw new Error(`${status} instead of ${expected}: ${body.slice(0, 200)}`);
}
