// An order by redirect in a small season, and its page as a customer uses it.
import type { Fact } from '../../src/box-office/facts.ts';
import type { Order } from '../../src/box-office/order.ts';
import { type CardBehaviour, paymentIdOf } from '../../src/box-office/paying/payment.ts';
import { HONEST, type Terms } from '../../src/box-office/terms.ts';
import { type OpenStage, type Stage, type StageSettings, seatsOf } from './stage.ts';

const REDIRECT = { payment: { method: 'redirect', returnUrl: 'http://shop.test/back' } } as const;

export async function orderByRedirect(open: OpenStage, settings?: StageSettings) {
  const house = open(settings);
  const facts: Fact[] = [];
  house.office.facts.subscribe((fact) => facts.push(fact));
  const { id } = await house.order(await house.reserve({}), REDIRECT);
  const payment = paymentIdOf(id);
  const sent = (underWayMs: number) => ({ id: payment, sentAt: house.clock.now() - underWayMs });
  return {
    ...house,
    id,
    payment,
    read: (): Promise<Order> => house.office.order('alpha', id),
    pay: (attempt: number, card: CardBehaviour, terms: Terms = HONEST, underWayMs = 0) =>
      house.office.payByCard({ ...sent(underWayMs), attempt, card }, terms),
    answer: (attempt: number, answer: 'approve' | 'refuse', terms: Terms = HONEST, underWayMs = 0) =>
      house.office.answerChallenge({ ...sent(underWayMs), attempt, answer }, terms),
    complete: (terms: Terms = HONEST) => house.office.completeOrder('alpha', id, undefined, terms),
    told: () => facts.map(({ kind }) => kind),
  };
}

/** Whether the order's seat is. */
export const isFree = ({ office }: Stage): boolean => seatsOf(office, 's1').get('C-4') === 0;
