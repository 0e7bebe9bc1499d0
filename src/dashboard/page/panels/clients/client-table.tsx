// The table of the clients: sortable, and each row leads to its client's trace.
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { count, duration, rate, share, timeOfDay } from '../../format.ts';
import { summaries } from '../../live/kept.ts';
import { isCurrent } from '../../live/live.ts';
import { useAsked } from '../../parts/asked.ts';
import { Notice } from '../../parts/notice.tsx';
import { panelHash } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/clients.ts';
import { clientRows, OTHER } from './client-rows.ts';
import { FIRST_ORDER, inOrder, type Judged, type Order, orderAfter, SORT_KEYS, type SortKey } from './order.ts';
import { tallyOf } from './tally.ts';
import { Verdicts } from './verdicts.tsx';

/** A hidden scenario may have ended, and then a viewer is told. */
export const JUDGING = { everyMs: 10_000, insists: true } as const;

export function ClientTable() {
  const order = useMemo(() => signal(FIRST_ORDER), []);
  const sortBy = (by: SortKey): void => {
    order.value = orderAfter(order.value, by);
  };
  const { data, at, why } = useAsked(() => client.value.scorecard(), { of: [client.value], ...JUDGING });
  const tallies = new Map(data?.map((card) => [card.client, tallyOf(card)]));
  const rows = clientRows(summaries.value).map((row) => ({ ...row, tally: tallies.get(row.client) ?? null }));
  if (rows.length === 0)
    return (
      <Notice title={WORDS.none} text={WORDS.noneText}>
        <a href={panelHash('now')}>{WORDS.howTo}</a>
      </Notice>
    );
  return (
    <div class={`clients ${isCurrent() ? '' : 'old'}`}>
      <p class={`judging ${why === null ? 'muted' : 'bad'}`} role="status">
        {why !== null ? WORDS.notJudged(why) : at === null ? WORDS.judging : WORDS.judgedAt(timeOfDay(at))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="card scroll" tabIndex={0} aria-label={WORDS.title}>
        <table>
          <thead>
            <tr>
              {SORT_KEYS.map((by) => (
                <Heading key={by} by={by} order={order.value} sort={() => sortBy(by)} />
              ))}
            </tr>
          </thead>
          <tbody>
            {inOrder(rows, order.value).map((row) => (
              <Row key={row.client} row={row} isAsked={data !== null} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

interface HeadingProps {
  readonly by: SortKey;
  readonly order: Order;
  sort(): void;
}

function Heading({ by, order, sort }: HeadingProps) {
  const { name, of } = WORDS.columns[by];
  const way = order.by === by ? (order.isDown ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" class={isText(by) ? '' : 'number'} aria-sort={way}>
      <button type="button" class="sort" onClick={sort}>
        <span class="name">
          {name} <i aria-hidden="true">{way === undefined ? '' : order.isDown ? '▼' : '▲'}</i>
        </span>
        <small>{of}</small>
      </button>
    </th>
  );
}

const isText = (by: SortKey): boolean => by === 'client' || by === 'breaker' || by === 'verdicts';

function Row({ row, isAsked }: { readonly row: Judged; readonly isAsked: boolean }) {
  const isOther = row.client === OTHER;
  const address = panelHash('clients', { client: row.client });
  const open = (): void => {
    if (!isOther && getSelection()?.isCollapsed !== false) location.hash = address;
  };
  // by keyboard the link in it is used
  return (
    <tr class={isOther ? 'others' : 'one'} onClick={open}>
      <th scope="row">{isOther ? WORDS.others : <a href={address}>{row.client}</a>}</th>
      <td class="number">{rate(row.rate)}</td>
      <td class="number">{count(row.open)}</td>
      <td class={`number ${row.failedShare ? 'hot' : ''}`}>{share(row.failedShare)}</td>
      <td class="number">{count(row.retries)}</td>
      <td class="number">
        {row.timeoutMs === null ? <span class="muted">{WORDS.unseen}</span> : duration(row.timeoutMs)}
      </td>
      <td>
        {row.breaker === null ? '–' : <span class={`tag breaker-${row.breaker}`}>{WORDS.breaker[row.breaker]}</span>}
      </td>
      <td>{isOther || (!row.tally && !isAsked) ? '–' : <Verdicts tally={row.tally} />}</td>
    </tr>
  );
}
