// Verdicts in a few words: how many of which.
import { count } from '../../format.ts';
import { WORDS } from '../../words/clients.ts';
import { isJudged, type Tally, type Verdict, WORST_FIRST } from './tally.ts';

export function Verdicts({ tally }: { readonly tally: Tally | null }) {
  if (!tally || !isJudged(tally)) return <span class="muted">{WORDS.noData}</span>;
  const told = WORST_FIRST.filter((verdict) => verdict !== 'no-data' && tally[verdict] > 0);
  return (
    <span class="verdicts">
      {told.map((verdict) => (
        <span key={verdict} class={`verdict ${verdict}`}>
          {WORDS.verdictsOf(count(tally[verdict]), WORDS.verdict[verdict])}
        </span>
      ))}
    </span>
  );
}

export const VerdictMark = ({ verdict }: { readonly verdict: Verdict }) => (
  <span class={`verdict ${verdict}`}>{WORDS.verdict[verdict]}</span>
);
