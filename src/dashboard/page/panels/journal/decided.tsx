// Which rules were drawn for it, and what became of each.
import type { Entry } from '../../../../admin/contract/entry.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/journal.ts';

type Arrival = Exclude<Entry, { kind: 'event' }>;

const OUTCOMES = ['hits', 'spared', 'inapplicable', 'limited'] as const;
const FINE = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 });

export function Decided({ entry }: { readonly entry: Arrival }) {
  const words = WORDS.one;
  const drawn = OUTCOMES.flatMap((outcome) => entry[outcome].map((draw) => ({ outcome, ...draw })));
  return (
    <section aria-labelledby="decided-title">
      <h3 id="decided-title">{words.decided}</h3>
      {drawn.length === 0 ? (
        <p class="empty">{words.untouched}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.fault}</th>
                <th scope="col">{words.rule}</th>
                <th scope="col">{words.outcome}</th>
                <th scope="col" class="number" title={words.drawMeaning}>
                  {words.draw}
                </th>
              </tr>
            </thead>
            <tbody>
              {drawn.map(({ outcome, rule, fault, draw }) => (
                <tr key={`${outcome} ${rule}`}>
                  <td>
                    <code>{fault}</code>
                  </td>
                  <td>
                    <a href={panelHash('journal', { rule })}>{rule}</a>
                  </td>
                  <td class={outcome === 'hits' ? 'hot' : 'muted'}>{words.draws[outcome]}</td>
                  <td class="number">{FINE.format(draw)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
