// The scorecard of a client, criterion by criterion: the worst first, each with what to change and the requests that show it.
import type { CriterionRow, Scorecard } from '../../../../admin/contract/scorecard.ts';
import { count, timeOfDay } from '../../format.ts';
import type { Asked } from '../../parts/asked.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/clients.ts';
import { commonDoubt, figureWords, worstFirst } from './tally.ts';
import { VerdictMark } from './verdicts.tsx';

const MAX_EVIDENCE = 6;

interface ScorecardProps {
  readonly name: string;
  readonly asked: Asked<readonly Scorecard[]>;
}

export function ScorecardOf({ name, asked: { data, at, why } }: ScorecardProps) {
  const card = data?.find(({ client }) => client === name) ?? data?.[0];
  return (
    <section class="card scorecard" aria-labelledby="scorecard-title">
      <div class="head">
        <h2 id="scorecard-title">{WORDS.scorecard}</h2>
        {card && <span class={`verdict ${card.gate}`}>{WORDS.gateIs(WORDS.verdict[card.gate])}</span>}
        <span class={why === null ? 'muted' : 'bad'} role="status">
          {why !== null ? WORDS.notJudged(why) : at === null ? WORDS.judging : WORDS.judgedAt(timeOfDay(at))}
        </span>
      </div>
      {data !== null && !card && <p class="empty">{WORDS.noScorecard}</p>}
      {card && <Criteria criteria={card.criteria} />}
    </section>
  );
}

function Criteria({ criteria }: { readonly criteria: readonly CriterionRow[] }) {
  const said = worstFirst(criteria).filter(({ verdict }) => verdict !== 'no-data');
  const unsaid = criteria.filter(({ verdict }) => verdict === 'no-data');
  const doubt = commonDoubt(said);
  return (
    <>
      {doubt !== null && <p class="muted">{WORDS.unsure(doubt)}</p>}
      {said.length === 0 && <p class="empty">{WORDS.noScorecard}</p>}
      <ul class="criteria">
        {said.map((row) => (
          <Criterion key={row.name} row={row} doubt={row.unsure === doubt ? null : (row.unsure ?? null)} />
        ))}
      </ul>
      {unsaid.length > 0 && (
        <details>
          <summary>{WORDS.withoutData(count(unsaid.length))}</summary>
          <ul class="criteria">
            {unsaid.map((row) => (
              <Criterion key={row.name} row={row} doubt={null} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Criterion({ row, doubt }: { readonly row: CriterionRow; readonly doubt: string | null }) {
  const { name, verdict, n, figure, unit, threshold, advice, counts } = row;
  const evidence = [...new Set(row.evidence)];
  return (
    <li>
      <p class="head">
        <VerdictMark verdict={verdict} /> <strong>{name}</strong>
        {counts === 'gate' && <span class="tag">{WORDS.gate}</span>}
        {counts === 'told' && <span class="muted">{WORDS.told}</span>}
        {figure !== null && <b class="number">{figureWords(figure, unit)}</b>}
        <span class="muted">
          {WORDS.threshold}: {threshold}; {WORDS.observations(count(n))}
        </span>
      </p>
      <p>{advice}</p>
      {doubt !== null && <p class="muted">{WORDS.unsure(doubt)}</p>}
      {evidence.length > 0 && (
        <p class="evidence">
          <span class="muted">{WORDS.evidence}</span>{' '}
          {evidence.slice(0, MAX_EVIDENCE).map((request) => (
            <a key={request} class="mono" href={panelHash('journal', { request })}>
              {request}
            </a>
          ))}
          {evidence.length > MAX_EVIDENCE && (
            <span class="muted">{WORDS.moreEvidence(count(evidence.length - MAX_EVIDENCE))}</span>
          )}
        </p>
      )}
    </li>
  );
}
