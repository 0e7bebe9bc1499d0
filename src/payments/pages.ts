// The pages of a payment: from a view to a whole answer, without knowing who asks or over what.
import type { Language } from './language.ts';
import { type PageHeader, pageHeaders, redirectHeaders } from './page-headers.ts';
import { outcomeOf, type PaymentView } from './payment-view.ts';
import { STYLESHEET } from './stylesheet.ts';
import { createTemplates } from './template.ts';
import { CARD_FORM, type CardFormModel } from './templates/card-form.ts';
import { CHALLENGE, type ChallengeModel } from './templates/challenge.ts';
import { NOTICE_PAGE, type NoticeModel } from './templates/notice-page.ts';
import { SHELL, type ShellModel } from './templates/shell.ts';
import { TICKET, type TicketModel } from './templates/ticket.ts';
import { CARD_BEHAVIOURS, TEST_CARDS } from './test-cards.ts';
import { WORDS } from './words/every-language.ts';
import type { RefusalName, Trouble, Words } from './words/words.ts';
import { createWriting, type Writing } from './written.ts';

/** A whole answer. */
export interface Page {
  readonly status: number;
  readonly headers: readonly PageHeader[];
  readonly body: string;
}

export interface Ended {
  /** The signed way back to the shop, where there is one. */
  readonly backUrl?: string | undefined;
  /** What was asked of the ended payment, in vain. */
  readonly refused?: 'expired' | 'answered' | undefined;
}

export interface Refused {
  readonly language: Language;
  /** In place of the usual status, as 400 for a form that cannot be decoded. */
  readonly status?: number;
  /** Where the payment can be seen, if it is known. */
  readonly paymentUrl?: string;
}

export interface PaymentPages {
  /** 200; 402 after a card that did not pay; 422 where no test card was named. */
  cardForm(view: PaymentView): Page;
  /** The 3-D Secure page. */
  challenge(view: PaymentView): Page;
  /** Of a payment that is `processing`, since its card's issuer does not answer; `view.actionUrl` is the payment page's. */
  waiting(view: PaymentView): Page;
  /** Of an ended payment; throws for another. 410 or 409 where something was refused. */
  outcome(view: PaymentView, ended?: Ended): Page;
  /** Where no payment can be shown. */
  refusal(name: RefusalName, refused: Refused): Page;
  /** 303. */
  seeOther(location: string): Page;
}

const TROUBLE_STATUS: Readonly<Record<Trouble, number>> = {
  declined: 402,
  insufficient_funds: 402,
  authentication_failed: 402,
  unknown_card: 422,
  missing_field: 422,
};

const REFUSAL_STATUS: Readonly<Record<RefusalName, number>> = {
  unknown: 404,
  answered: 409,
  expired: 410,
  too_large: 413,
  not_a_form: 415,
};

/** What is made once for a language. */
interface Setting {
  readonly language: Language;
  readonly words: Words;
  readonly writing: Writing;
  readonly headers: readonly PageHeader[];
}

/**
 * One for a process is enough. What takes longer than a page, compiling templates and making a language's formats, is done
 * for the first page that needs it, so that a server whose shops do not send buyers here starts none the later.
 */
export function createPaymentPages(): PaymentPages {
  const settings = new Map<Language, Setting>();
  let compiled: ReturnType<typeof compileAll> | undefined;
  const html = (): ReturnType<typeof compileAll> => {
    compiled ??= compileAll();
    return compiled;
  };
  const settingIn = (language: Language): Setting => {
    const setting = settings.get(language) ?? settingOf(language);
    settings.set(language, setting);
    return setting;
  };

  const page = (setting: Setting, status: number, shell: Pick<ShellModel, 'page' | 'title' | 'content'>): Page => {
    const { language, words, headers } = setting;
    return { status, headers, body: html().shell({ language, words, style: STYLESHEET, ...shell }) };
  };
  const ticket = (view: PaymentView): string => html().ticket(ticketModel(view, settingIn(view.language)));

  return {
    cardForm: (view) => {
      const setting = settingIn(view.language);
      const model = cardFormModel(view, setting, ticket(view));
      const { form, trouble } = setting.words;
      const title = model.trouble ? `${trouble.prefix}: ${model.trouble.title}` : form.title;
      const status = view.last ? TROUBLE_STATUS[view.last] : 200;
      return page(setting, status, { page: 'payment', title, content: html().cardForm(model) });
    },
    challenge: (view) => {
      const setting = settingIn(view.language);
      const { words, writing } = setting;
      const model = { words, view, ticket: ticket(view), timeLeft: timeLeft(view, writing) };
      const title = `${words.challenge.title} – ${words.challenge.issuer}`;
      return page(setting, 200, { page: 'challenge', title, content: html().challenge(model) });
    },
    waiting: (view) => {
      const setting = settingIn(view.language);
      const content = html().notice(waitingModel(view, setting.words, ticket(view)));
      return page(setting, 200, { page: 'waiting', title: setting.words.waiting.title, content });
    },
    outcome: (view, ended = {}) => {
      const setting = settingIn(view.language);
      const model = outcomeModel(view, setting.words, ended, ticket(view));
      const status = ended.refused ? REFUSAL_STATUS[ended.refused] : 200;
      return page(setting, status, { page: 'outcome', title: model.notice.title, content: html().notice(model) });
    },
    refusal: (name, { language, status = REFUSAL_STATUS[name], paymentUrl }) => {
      const setting = settingIn(language);
      const { words } = setting;
      const links =
        paymentUrl === undefined ? [] : [{ id: 'to-payment', href: paymentUrl, text: words.refusals.toPayment }];
      const content = html().notice({ words, notice: words.refusals[name], tone: 'bad', ticket: '', links });
      return page(setting, status, { page: 'refusal', title: words.refusals[name].title, content });
    },
    seeOther: (location) => ({ status: 303, headers: redirectHeaders(location), body: '' }),
  };
}

function settingOf(language: Language): Setting {
  const words = WORDS[language];
  return { language, words, writing: createWriting(language, words), headers: pageHeaders(language, STYLESHEET) };
}

function compileAll() {
  const { compile } = createTemplates();
  return {
    shell: compile<ShellModel>(SHELL),
    ticket: compile<TicketModel>(TICKET),
    cardForm: compile<CardFormModel>(CARD_FORM),
    challenge: compile<ChallengeModel>(CHALLENGE),
    notice: compile<NoticeModel>(NOTICE_PAGE),
  };
}

function ticketModel(view: PaymentView, { words, writing }: Setting): TicketModel {
  return {
    words,
    view,
    starts: writing.moment(view.startsAt),
    seats: writing.seats(view.seats),
    amount: writing.amount(view.amount, view.currency),
  };
}

function cardFormModel(view: PaymentView, { words, writing }: Setting, ticket: string): CardFormModel {
  return {
    words,
    view,
    ticket,
    price: words.form.pay(`${writing.amount(view.amount, view.currency)}\u00a0${view.currency}`),
    timeLeft: timeLeft(view, writing),
    trouble: view.last && words.trouble[view.last],
    triesLeft: words.trouble.triesLeft(view.triesLeft, writing.number(view.triesLeft)),
    cards: CARD_BEHAVIOURS.map((name) => ({ name, number: TEST_CARDS[name], does: words.testCards.does[name] })),
  };
}

const timeLeft = ({ secondsLeft }: PaymentView, writing: Writing): string | undefined =>
  secondsLeft === undefined ? undefined : writing.timeLeft(secondsLeft);

function waitingModel(view: PaymentView, words: Words, ticket: string): NoticeModel {
  return {
    words,
    notice: words.waiting,
    tone: 'open',
    status: view.paymentStatus,
    ticket,
    links: [{ id: 'again', href: view.actionUrl, text: words.waiting.again }],
    leave: view.hasWayBack ? { actionUrl: view.actionUrl, attempt: view.attempt } : undefined,
  };
}

function outcomeModel(view: PaymentView, words: Words, { backUrl, refused }: Ended, ticket: string): NoticeModel {
  const outcome = outcomeOf(view);
  if (outcome === undefined) throw new Error(`payment ${view.paymentId} is ${view.paymentStatus}, and has no outcome`);
  return {
    words,
    notice: words.outcomes[outcome],
    tone: outcome === 'succeeded' ? 'good' : 'bad',
    refused: refused && words.refusals[refused],
    status: view.paymentStatus,
    ticket,
    links: backUrl === undefined ? [] : [{ id: 'back', href: backUrl, text: words.leave.button }],
    closing: backUrl === undefined ? words.outcomes.close : undefined,
  };
}
