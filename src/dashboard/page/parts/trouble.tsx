// Says why an answer failed, above what was known before, with a way to ask again.
import { WORDS } from '../words/shell.ts';
import type { Asked } from './asked.ts';

export function Trouble({ why, again }: Pick<Asked<unknown>, 'why' | 'again'>) {
  if (why === null) return null;
  return (
    <p class="banner bad" role="alert">
      <span class="told">{why}</span>{' '}
      <button type="button" onClick={again}>
        {WORDS.again}
      </button>
    </p>
  );
}
