// What the pages say in English.
import type { Words } from './words.ts';

export const ENGLISH: Words = {
  dir: 'ltr',
  rehearsal: { title: 'Rehearsal', text: 'No money moves here. Never type a real card number.' },
  order: {
    venue: 'Venue',
    hall: 'Hall',
    starts: 'Starts',
    seats: 'Seats',
    total: 'Total',
    order: 'Order',
    reference: 'Reference',
    payment: 'Payment',
    row: (row) => `Row ${row}`,
    listComma: ', ',
  },
  timeLeft: {
    label: 'Time left to pay',
    minutes: (count, digits) => `${digits} ${count === 1 ? 'minute' : 'minutes'}`,
    seconds: (count, digits) => `${digits} ${count === 1 ? 'second' : 'seconds'}`,
    none: 'none',
  },
  form: {
    title: 'Pay for your tickets',
    card: 'Pay by card',
    number: 'Card number',
    numberHint: 'One of the test cards on this page.',
    expiry: 'Expiry date',
    cvc: 'Security code',
    name: 'Name on card',
    optionalHint: 'Only the card number is needed. Nothing of a card is kept.',
    pay: (amount) => `Pay ${amount}`,
  },
  testCards: {
    title: 'Or pay with a test card',
    text: 'Press one: each card always does the same.',
    does: {
      succeeds: 'Succeeds',
      declined: 'Declined',
      insufficient_funds: 'Insufficient funds',
      challenge: 'Asks for 3-D Secure',
      challenge_fails: '3-D Secure, then declined',
      hangs: 'Issuer never answers',
    },
  },
  leave: {
    button: 'Back to the shop',
    hint: 'This cancels nothing. While there is time left, you can come back to this page and pay.',
  },
  trouble: {
    prefix: 'Error',
    toField: 'Enter another card number',
    triesLeft: (count, digits) => `${digits} ${count === 1 ? 'try' : 'tries'} left.`,
    declined: { title: 'The card was declined', text: 'No money was taken. Try another card.' },
    insufficient_funds: {
      title: 'The card has insufficient funds',
      text: 'No money was taken. Try another card.',
    },
    authentication_failed: {
      title: 'The card’s issuer did not approve the payment',
      text: 'No money was taken. Try again, or try another card.',
    },
    unknown_card: {
      title: 'That is not a test card',
      text: 'Only the test cards on this page work here. What you typed was not kept.',
    },
    missing_field: { title: 'The card number is missing', text: 'Enter the number of a test card, or press one.' },
  },
  challenge: {
    issuer: 'Rehearsal Bank',
    issuerIs: 'Not a real bank',
    title: 'Is this payment yours?',
    text: 'The issuer of a real card would ask you here to confirm the payment. You choose what it learns.',
    approve: 'Approve',
    refuse: 'Refuse',
    abandon: 'Leave without an answer',
    abandonHint: 'The payment then stays open until its time is over.',
  },
  waiting: {
    title: 'The card’s issuer has not answered yet',
    text: 'Nobody knows yet whether you have paid. Do not pay again elsewhere: look here again in a moment.',
    again: 'Look again',
  },
  outcomes: {
    close: 'You can close this page.',
    succeeded: { title: 'Paid', text: 'The payment succeeded. Your tickets come from the shop.' },
    failed: { title: 'The payment failed', text: 'No money was taken. This payment cannot be tried again.' },
    canceled: {
      title: 'The payment was canceled',
      text: 'The time to pay is over, or the order was canceled. No money was taken.',
    },
    refund_pending: {
      title: 'Your money is coming back',
      text: 'You paid, but the order could not be completed in time. The money is being returned.',
    },
    refunded: { title: 'Refunded', text: 'You paid, and the money was returned to you. There are no tickets.' },
  },
  refusals: {
    toPayment: 'To the payment',
    unknown: {
      title: 'There is no such payment',
      text: 'The address of this page may be incomplete. Go back to the shop and start again there.',
    },
    expired: { title: 'The time to pay is over', text: 'What you sent came too late, and changed nothing.' },
    answered: {
      title: 'This was answered before',
      text: 'The first answer counts. What you sent now is different, and changed nothing.',
    },
    not_a_form: { title: 'That was not this page’s form', text: 'What was sent could not be read as a form.' },
    too_large: { title: 'Too much was sent', text: 'What was sent is larger than this page’s form can be.' },
  },
};
