// What was claimed beforehand, and, once it is judged, what came of each condition.
import type { RehearsalAnswer } from '../../../../admin/contract/rehearsal.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/rehearsal.ts';

type Condition = RehearsalAnswer['plan']['hypothesis'][number];
type Judged = NonNullable<RehearsalAnswer['result']>['hypothesis'][number];

export function Hypothesis({ plan, result }: RehearsalAnswer) {
  const rows: readonly (Condition | Judged)[] = result?.hypothesis ?? plan.hypothesis;
  if (rows.length === 0) return null;
  return (
    <section class="card" aria-labelledby="hypothesis-title">
      <h2 id="hypothesis-title">{WORDS.hypothesis}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{WORDS.metric}</th>
              <th scope="col">{WORDS.bound}</th>
              <th scope="col">{WORDS.outcome}</th>
              <th scope="col">{WORDS.why}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.metric} ${row.client} ${row.phase} ${boundOf(row)}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row }: { readonly row: Condition | Judged }) {
  const judged = 'outcome' in row ? row : null;
  return (
    <tr>
      <th scope="row">
        {row.metric} {row.client !== null && <span class="muted">{row.client}</span>}
      </th>
      <td>{boundOf(row)}</td>
      <td class={judged === null ? 'muted' : judged.holds ? 'ok' : 'bad'}>{judged?.outcome ?? WORDS.notYet}</td>
      <td>
        {judged?.why}{' '}
        {judged?.evidence.slice(0, 3).map((id) => (
          <a key={id} href={panelHash('journal', { request: id })}>
            <code>{id.slice(0, 12)}</code>{' '}
          </a>
        ))}
      </td>
    </tr>
  );
}

function boundOf({ min, max, verdict, unit }: Condition): string {
  const parts = [
    ...(min === null ? [] : [`${WORDS.atLeast} ${min} ${unit}`]),
    ...(max === null ? [] : [`${WORDS.atMost} ${max} ${unit}`]),
    ...(verdict === null ? [] : [verdict]),
  ];
  return parts.join(', ');
}
