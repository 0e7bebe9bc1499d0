// An answer that a panel asks for when it is first shown, and again when told to.
import { useEffect, useState } from 'preact/hooks';
import { whyOf } from '../../session.ts';

export type Asked<Answer> =
  | { readonly is: 'loading' }
  | { readonly is: 'here'; readonly answer: Answer }
  | { readonly is: 'failed'; readonly why: string; readonly error: unknown };

/** What was there stays on show until there is something newer; a key that changes asks again. */
export function useAsked<Answer>(ask: () => Promise<Answer>, keys: readonly unknown[]): Asked<Answer> {
  const [asked, tell] = useState<Asked<Answer>>({ is: 'loading' });
  useEffect(() => {
    let isLeft = false;
    ask().then(
      (answer) => !isLeft && tell({ is: 'here', answer }),
      (error: unknown) => !isLeft && tell({ is: 'failed', why: whyOf(error), error }),
    );
    return () => {
      isLeft = true;
    };
  }, keys);
  return asked;
}

export const answerOf = <Answer>(asked: Asked<Answer>): Answer | undefined =>
  asked.is === 'here' ? asked.answer : undefined;
