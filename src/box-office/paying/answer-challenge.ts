// The customer's answer at its card's issuer (3-D Secure): the money is taken, or the card has come to nothing.
import type { BoxOfficeContext } from '../context.ts';
import { refuse } from '../refusals.ts';
import type { PaymentTerms } from '../terms.ts';
import {
  type Attempted,
  type AttemptResult,
  again,
  attemptOn,
  checkOpen,
  settleAttempt,
  takenOutcome,
  wrongAttempt,
} from './attempt.ts';
import { isLate } from './late-payment.ts';
import type { Attempt, AttemptOutcome } from './payment.ts';

export type ChallengeAnswer = 'approve' | 'refuse';

/** The same answer again finds what the first made of it; another one is `challenge_answered`. */
export async function answerChallenge(
  context: BoxOfficeContext,
  { answer, ...attempted }: Attempted & { readonly answer: ChallengeAnswer },
  terms: PaymentTerms,
): Promise<AttemptResult> {
  return attemptOn(context, attempted, {
    terms,
    pays: answer === 'approve',
    step(draft, now, order) {
      const { attempts } = order.payment.redirect;
      const known = attempts[attempted.attempt - 1];
      if (known?.card !== 'challenge' && known?.card !== 'challenge_fails')
        throw wrongAttempt(attempted.attempt, attempts.length - 1);
      const outcome = outcomeOf(known, answer, terms);
      if (known.outcome !== 'challenged') {
        if (isFailureOf(known.outcome) !== isFailureOf(outcome)) throw answered(attempted);
        return known.outcome === 'captured' ? again(draft, now, { order, known, terms }) : { order, known };
      }
      if (attempted.attempt < attempts.length) throw answered(attempted); // another card was taken since
      if (isLate(order, attempted.sentAt) && outcome === 'captured') return undefined;
      checkOpen(order);
      return settleAttempt(draft, now, { order, attempts: [...attempts.slice(0, -1), { ...known, outcome }], terms });
    },
  });
}

function outcomeOf({ card }: Attempt, answer: ChallengeAnswer, terms: PaymentTerms): AttemptOutcome {
  if (answer === 'refuse') return 'refused';
  return card === 'challenge_fails' ? 'authentication_failed' : takenOutcome(terms);
}

/** Whether the issuer was told no. */
const isFailureOf = (outcome: AttemptOutcome): boolean => outcome === 'refused';

const answered = ({ id, attempt }: Attempted) =>
  refuse('challenge_answered', `Attempt ${attempt} of payment ${id} has been answered already.`);
