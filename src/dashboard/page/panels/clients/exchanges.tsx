// The last exchanges of a client, as the journal has them.
import type { JournalPageOf } from '../../../../admin/contract/contract.ts';
import { duration, timeOfDay } from '../../format.ts';
import type { Asked } from '../../parts/asked.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/clients.ts';

type Page = JournalPageOf<'exchange'>;
type Exchange = Page['data'][number];

interface ExchangesProps {
  readonly name: string;
  readonly asked: Asked<Page>;
}

export function Exchanges({ name, asked: { data, why } }: ExchangesProps) {
  return (
    <section class="card exchanges" aria-labelledby="exchanges-title">
      <div class="head">
        <h2 id="exchanges-title">{WORDS.exchanges}</h2>
        <a href={panelHash('journal', { client: name })}>{WORDS.allInJournal}</a>
      </div>
      {why !== null && (
        <p class="bad" role="alert">
          {WORDS.exchangesFailed(why)}
        </p>
      )}
      {data?.data.length === 0 && <p class="empty">{WORDS.noExchanges}</p>}
      {data !== null && data.data.length > 0 && <Table exchanges={data.data} />}
    </section>
  );
}

function Table({ exchanges }: { readonly exchanges: readonly Exchange[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll" tabIndex={0} aria-label={WORDS.exchangesTable}>
      <table>
        <thead>
          <tr>
            <th scope="col">{WORDS.at}</th>
            <th scope="col">{WORDS.operation}</th>
            <th scope="col">{WORDS.answer}</th>
            <th scope="col" class="number">
              {WORDS.took}
            </th>
            <th scope="col">{WORDS.faults}</th>
          </tr>
        </thead>
        <tbody>
          {exchanges.map((exchange) => (
            <Line key={exchange.seq} exchange={exchange} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ exchange }: { readonly exchange: Exchange }) {
  const { requestId, at, endedAt, operation, attempt, hits } = exchange;
  return (
    <tr>
      <td>
        <a href={panelHash('journal', { request: requestId })}>
          <time>{timeOfDay(at)}</time>
        </a>
      </td>
      <td>
        {operation} {attempt !== null && attempt > 1 && <span class="muted">{WORDS.attempt(String(attempt))}</span>}
      </td>
      <td class={isWell(exchange) ? '' : 'hot'}>{answerWords(exchange)}</td>
      <td class="number">{endedAt === null ? '–' : duration(Date.parse(endedAt) - Date.parse(at))}</td>
      <td>
        {[...new Set(hits.map(({ fault }) => fault))].map((fault) => (
          <code key={fault}>{fault} </code>
        ))}
      </td>
    </tr>
  );
}

const isWell = ({ ended, status }: Exchange): boolean =>
  ended === null || (ended === 'answered' && status !== null && status < 500 && status !== 429);

function answerWords({ ended, status }: Exchange): string {
  const how = ended === null ? WORDS.stillOpen : ended === 'answered' && status !== null ? '' : WORDS.ended[ended];
  return [status === null ? '' : String(status), how].filter((word) => word !== '').join(', ');
}
