// Answers of the payment pages: what is shown of a payment, and the ways on from it.
import type { Order } from '../../box-office/order.ts';
import type { AttemptOutcome } from '../../box-office/paying/payment.ts';
import { failuresOf, MAX_FAILURES } from '../../box-office/paying/payment.ts';
import type { RedirectOrder } from '../../box-office/paying/redirect-order.ts';
import { chooseLanguage, type Language } from '../../payments/language.ts';
import type { Page, Refused } from '../../payments/pages.ts';
import { outcomeOf, type PaymentView } from '../../payments/payment-view.ts';
import { returnAddress, returnStatus } from '../../payments/return-url.ts';
import type { Answer } from '../replies.ts';
import type { Work } from './operation.ts';

type Trouble = NonNullable<PaymentView['last']>;

/** What the form says of an attempt that came to nothing; undefined for one that did not. */
export function troubleOf(outcome: AttemptOutcome): Trouble | undefined {
  if (outcome === 'refused') return 'authentication_failed';
  return outcome === 'declined' || outcome === 'insufficient_funds' || outcome === 'authentication_failed'
    ? outcome
    : undefined;
}

/** The pages of one call. */
export class PaymentAnswers {
  readonly #work: Work;
  readonly #language: Language;

  constructor(work: Work) {
    this.#work = work;
    const { 'accept-language': languages } = work.headers;
    this.#language = chooseLanguage(languages);
  }

  /** Whatever is the page of it now. */
  shown(order: RedirectOrder): Page {
    const view = this.#view(order);
    if (outcomeOf(view)) return this.#pages.outcome(view, { backUrl: this.#backUrl(order) });
    return order.payment.status === 'processing' ? this.#pages.waiting(view) : this.#pages.cardForm(view);
  }

  /** The form once more, after what happened. */
  again(order: RedirectOrder, last: Trouble): Page {
    const view = { ...this.#view(order), last };
    return outcomeOf(view) ? this.shown(order) : this.#pages.cardForm(view);
  }

  challenge(order: RedirectOrder): Page {
    const attempt = order.payment.redirect.attempts.length;
    return this.#pages.challenge({ ...this.#view(order), actionUrl: this.issuerUrl, attempt });
  }

  /** What an ended payment, or an answered question, is not to be asked any more. */
  refusedNow(order: RedirectOrder, refused: 'expired' | 'answered'): Page {
    const view = this.#view(order);
    if (outcomeOf(view)) return this.#pages.outcome(view, { backUrl: this.#backUrl(order), refused });
    return this.refusal(refused, { paymentUrl: this.pageUrl });
  }

  refusal(
    name: 'unknown' | 'answered' | 'expired' | 'too_large' | 'not_a_form',
    more: Omit<Refused, 'language'> = {},
  ): Page {
    return this.#pages.refusal(name, { language: this.#language, ...more });
  }

  /** Back to the shop. */
  back(order: RedirectOrder): Page {
    return this.#pages.seeOther(this.#backUrl(order));
  }

  toIssuer(): Page {
    return this.#pages.seeOther(this.issuerUrl);
  }

  toPage(): Page {
    return this.#pages.seeOther(this.pageUrl);
  }

  get pageUrl(): string {
    return `${this.#work.base}/pay/${this.#work.params.token}`;
  }

  get issuerUrl(): string {
    return `${this.#work.base}/3ds/${this.#work.params.token}`;
  }

  get #pages() {
    return this.#work.payments.pages;
  }

  #backUrl({ id: orderId, client, payment }: RedirectOrder): string {
    const { payments } = this.#work;
    const timestamp = Math.floor(payments.now() / 1000);
    const { returnUrl } = payment.redirect;
    return returnAddress({
      returnUrl,
      orderId,
      paymentId: payment.id,
      status: returnStatus(payment.status),
      timestamp,
      key: payments.signingKey(client),
    });
  }

  #view(order: RedirectOrder): PaymentView {
    const { boxOffice, timeScale } = this.#work;
    const { id: orderId, sessionId, externalRef: reference, amount, currency, status: orderStatus, payment } = order;
    const { plan, startsAt } = boxOffice.session(sessionId);
    const left = Math.max(0, Math.ceil((order.expiresAt - boxOffice.now()) / 1000 / timeScale));
    const { redirect } = payment;
    return {
      ...{ language: this.#language, actionUrl: this.pageUrl, paymentId: payment.id, orderId, reference },
      ...{ film: plan.film.title, venue: plan.venue.name, hall: plan.hall.name, startsAt },
      seats: boxOffice.seatsOf(order),
      ...{ amount, currency, paymentStatus: payment.status, orderStatus },
      ...(runs(order) && { secondsLeft: left }),
      attempt: redirect.attempts.length + 1,
      triesLeft: Math.max(0, MAX_FAILURES - failuresOf(redirect)),
      hasWayBack: true,
    };
  }
}

const runs = ({ status }: Order): boolean => status === 'pending_payment';

/** A page as an answer of the upstream. */
export const pageAnswer = ({ status, headers, body }: Page): Answer => ({ status, headers, body });
