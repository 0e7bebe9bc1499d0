// The pages a customer pays on: the card form and its issuer's question, each shown by GET and answered by POST.
import { z } from 'zod';
import { Refusal } from '../../base/refusal.ts';
import type { AttemptResult } from '../../box-office/paying/attempt.ts';
import { orderIdOf } from '../../box-office/paying/payment.ts';
import { type RedirectOrder, redirectOrder } from '../../box-office/paying/redirect-order.ts';
import type { Page } from '../../payments/pages.ts';
import { behaviourNamed, behaviourOf, CARD_BEHAVIOURS } from '../../payments/test-cards.ts';
import type { Answer } from '../replies.ts';
import { readForm } from './form.ts';
import { type Asked, defineOperation, type Work } from './operation.ts';
import { PaymentAnswers, pageAnswer, troubleOf } from './payment-answers.ts';

const token = z.string().describe('what stands for a payment in the URL of its pages');
const PAGE = { summary: 'A page for a person, in English, Persian or Japanese.', html: true } as const;
const ON = { summary: 'On to the issuer, or back to the shop.', headers: { Location: 'Where to.' } } as const;

const UNKNOWN = { 404: 'no payment has this URL.' } as const;
const NO_FORM = { 413: 'the form is too large.', 415: 'what was sent is no form.' } as const;
const ENDED = { 409: 'it has been answered already.', 410: 'the time to pay is over.' } as const;
const attempt = z
  .string()
  .max(3)
  .optional()
  .describe('number of the attempt, as the form has it: a repeat changes nothing');

const cardFields = z
  .looseObject({
    attempt,
    number: z.string().optional().describe('of a test card'),
    card: z.enum(CARD_BEHAVIOURS).optional().describe('a test card by what it does, in place of its number'),
    leave: z.literal('1').optional().describe('back to the shop, without paying'),
  })
  .meta({ examples: [{ attempt: '1', number: '4242 4242 4242 4242' }] });
const answerFields = z
  .looseObject({ attempt, answer: z.enum(['approve', 'refuse', 'abandon']) })
  .meta({ examples: [{ attempt: '1', answer: 'approve' }] });

const parts = {
  params: { token },
  // a link may have grown a query on its way
  query: z.looseObject({}),
  idempotency: 'none',
  isPage: true,
  about: ({ payment }: Pick<Asked, 'payment'>) => ({ order: payment && orderIdOf(payment.id) }),
} as const;

export const paymentPage = defineOperation({
  ...parts,
  name: 'paymentPage',
  method: 'GET',
  path: '/pay/{token}',
  summary: 'Shows the payment page of an order by redirect',
  answers: { 200: PAGE },
  refusedPages: UNKNOWN,
  handler: (work) => answered(work, async (answers) => answers.shown(await paymentOf(work))),
});

export const payByCard = defineOperation({
  ...parts,
  name: 'paymentPage',
  id: 'submitPaymentPage',
  method: 'POST',
  path: '/pay/{token}',
  summary: 'Takes a card from the payment page',
  form: cardFields,
  answers: { 200: PAGE, 303: ON },
  refusedPages: { 402: 'the card did not pay.', 422: 'there is no such test card.', ...UNKNOWN, ...ENDED, ...NO_FORM },
  handler: (work) => answered(work, (answers) => submitCard(work, answers)),
});

export const threeDSecure = defineOperation({
  ...parts,
  name: 'threeDSecure',
  method: 'GET',
  path: '/3ds/{token}',
  summary: 'Shows the page of the card’s issuer (3-D Secure)',
  answers: { 200: PAGE, 303: ON },
  refusedPages: UNKNOWN,
  handler: (work) =>
    answered(work, async (answers) => {
      const order = await paymentOf(work);
      const { outcome } = order.payment.redirect.attempts.at(-1) ?? {};
      if (order.payment.status === 'processing' && outcome === 'hanging')
        return { ...answers.shown(order), withheld: true };
      const asks = order.payment.status === 'requires_action' && outcome === 'challenged';
      if (asks) return answers.challenge(order);
      return order.payment.status === 'requires_action' ? answers.toPage() : answers.shown(order);
    }),
});

export const answerChallenge = defineOperation({
  ...parts,
  name: 'threeDSecure',
  id: 'submitThreeDSecure',
  method: 'POST',
  path: '/3ds/{token}',
  summary: 'Takes the customer’s answer at the card’s issuer',
  form: answerFields,
  answers: { 200: PAGE, 303: ON },
  refusedPages: {
    400: 'the form has no answer.',
    402: 'the card did not pay.',
    422: 'the attempt is not one of this payment.',
    ...UNKNOWN,
    ...ENDED,
    ...NO_FORM,
  },
  handler: (work) => answered(work, (answers) => submitAnswer(work, answers)),
});

type Shown = Page & { readonly withheld?: true };

/** What is refused is a page as well. */
async function answered(work: Work, show: (answers: PaymentAnswers) => Promise<Shown>): Promise<Answer> {
  const answers = new PaymentAnswers(work);
  try {
    const page = await show(answers);
    return page.withheld ? { ...pageAnswer(page), withheld: true } : pageAnswer(page);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return pageAnswer(await refusedPage(work, answers, error));
  }
}

async function refusedPage(work: Work, answers: PaymentAnswers, { code }: Refusal): Promise<Page> {
  if (code === 'not_found') return answers.refusal('unknown');
  const order = await paymentOf(work);
  if (code === 'validation_failed') return answers.again(order, 'missing_field');
  if (order.payment.status === 'processing') return answers.shown(order);
  return answers.refusedNow(order, code === 'reservation_expired' ? 'expired' : 'answered');
}

async function paymentOf({ boxOffice, payment, terms }: Work): Promise<RedirectOrder> {
  return payment ? boxOffice.payment(payment.id, terms) : redirectOrder('', undefined);
}

async function submitCard(work: Work, answers: PaymentAnswers): Promise<Page> {
  const order = await paymentOf(work);
  const form = readForm(work.sent, work.headers['content-type']);
  if ('refused' in form) return answers.refusal(form.refused);
  const { fields } = form;
  if (fields.has('leave')) return answers.back(order);
  const pressed = fields.get('card');
  const number = fields.get('number') ?? '';
  if (pressed === null && number.trim() === '') return answers.again(order, 'missing_field');
  const card = pressed === null ? behaviourOf(number) : behaviourNamed(pressed);
  if (card === undefined) return answers.again(order, 'unknown_card');
  const { terms, boxOffice } = work;
  return followed(answers, await boxOffice.payByCard({ ...attempted(work, fields), card }, terms));
}

async function submitAnswer(work: Work, answers: PaymentAnswers): Promise<Page> {
  const order = await paymentOf(work);
  const form = readForm(work.sent, work.headers['content-type']);
  if ('refused' in form) return answers.refusal(form.refused);
  const answer = form.fields.get('answer');
  if (answer === 'abandon') return answers.back(order);
  if (answer !== 'approve' && answer !== 'refuse') return answers.refusal('not_a_form', { status: 400 });
  const { terms, boxOffice } = work;
  return followed(answers, await boxOffice.answerChallenge({ ...attempted(work, form.fields), answer }, terms));
}

/** Where an attempt leads to, now or when it is repeated. */
function followed(answers: PaymentAnswers, { order, outcome }: AttemptResult): Page {
  const told = redirectOrder(order.payment.id, order);
  if (outcome === 'challenged' || outcome === 'hanging') return answers.toIssuer();
  const trouble = troubleOf(outcome);
  if (trouble === undefined || order.payment.status === 'failed') return answers.back(told);
  return answers.again(told, trouble);
}

function attempted({ payment }: Work, fields: URLSearchParams) {
  const written = fields.get('attempt') ?? '';
  const attempt = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  const { id = '', sentAt = 0 } = payment ?? {};
  return { id, attempt, sentAt };
}
