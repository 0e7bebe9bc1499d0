// Every page that there is, in every language, of a payment that looks like those of the festival.
import { LANGUAGES, type Language } from '../../src/payments/language.ts';
import type { Page, PaymentPages } from '../../src/payments/pages.ts';
import type { PaymentView } from '../../src/payments/payment-view.ts';
import { REFUSALS, TROUBLES } from '../../src/payments/words/words.ts';

const FILMS: Readonly<Record<Language, readonly [film: string, venue: string, hall: string]>> = {
  en: ['The Glass Orchard', 'Cinema Azadi', 'Hall 2'],
  fa: ['باغ شیشه‌ای', 'پردیس سینمایی آزادی', 'سالن ۲'],
  ja: ['硝子の果樹園', 'アザディ・シネマ', '第2スクリーン'],
};

export function sampleView(language: Language, changes: Partial<PaymentView> = {}): PaymentView {
  const [film, venue, hall] = FILMS[language];
  return {
    language,
    actionUrl: '/pay/AbCdEfGhIjKlMnOpQrStUA',
    paymentId: 'p_s-1_4f7kq2zd',
    orderId: 'o_s-1_4f7kq2zd',
    reference: 'ct-77812',
    film,
    venue,
    hall,
    startsAt: Date.UTC(2026, 1, 3, 17, 30),
    seats: ['C-7', 'C-8', 'D-7'],
    amount: 60_000_000,
    currency: 'IRR',
    paymentStatus: 'requires_action',
    orderStatus: 'pending_payment',
    secondsLeft: 754,
    attempt: 1,
    triesLeft: 3,
    hasWayBack: true,
    ...changes,
  };
}

/** A name for each page, as `fa-outcome-failed`. */
export function samplePages(pages: PaymentPages, changes: Partial<PaymentView> = {}): Map<string, Page> {
  const made = new Map<string, Page>();
  for (const language of LANGUAGES) {
    const view = (more: Partial<PaymentView> = {}): PaymentView => sampleView(language, { ...changes, ...more });
    const put = (name: string, page: Page): unknown => made.set(`${language}-${name}`, page);
    const backUrl = 'http://shop.test/return?status=open&a="b"';
    put('form', pages.cardForm(view()));
    put('form-no-way-back', pages.cardForm(view({ hasWayBack: false, secondsLeft: undefined })));
    for (const last of TROUBLES)
      put(`form-${last}`, pages.cardForm(view({ last, attempt: 3, triesLeft: 1, secondsLeft: 75 })));
    put('challenge', pages.challenge(view({ actionUrl: '/3ds/AbCdEfGhIjKlMnOpQrStUA', secondsLeft: 0 })));
    put('waiting', pages.waiting(view({ paymentStatus: 'processing' })));
    put('waiting-no-way-back', pages.waiting(view({ paymentStatus: 'processing', hasWayBack: false })));
    for (const paymentStatus of ['succeeded', 'failed', 'canceled', 'refunded'] as const)
      put(`outcome-${paymentStatus}`, pages.outcome(view({ paymentStatus, orderStatus: 'expired' }), { backUrl }));
    const late = view({ paymentStatus: 'succeeded', orderStatus: 'refund_pending' });
    put('outcome-refund-pending', pages.outcome(late));
    for (const refused of ['expired', 'answered'] as const)
      put(`outcome-refused-${refused}`, pages.outcome(view({ paymentStatus: 'canceled' }), { backUrl, refused }));
    for (const name of REFUSALS) put(`refusal-${name}`, pages.refusal(name, { language }));
    put('refusal-with-link', pages.refusal('not_a_form', { language, status: 400, paymentUrl: '/pay/x' }));
  }
  return made;
}
