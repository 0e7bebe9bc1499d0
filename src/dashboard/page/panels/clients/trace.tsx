// The trace of one client: how it does now, its last exchanges, and its scorecard.
import { count, duration, rate, share } from '../../format.ts';
import { summaries } from '../../live/kept.ts';
import { useAsked } from '../../parts/asked.ts';
import { panelHash } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/clients.ts';
import { clientRows } from './client-rows.ts';
import { JUDGING } from './client-table.tsx';
import { Exchanges } from './exchanges.tsx';
import { ScorecardOf } from './scorecard.tsx';

const LOOK_EVERY_MS = 3000;
const MAX_EXCHANGES = 30;
/** Of the newest entries of everybody, so that a client who has long gone costs the server no more than this. */
const MAX_LOOKED = 20_000;

export function ClientTrace({ name }: { readonly name: string }) {
  const judged = useAsked(() => client.value.scorecard({ client: name }), { of: [client.value, name], ...JUDGING });
  const looked = useAsked(
    () => client.value.journal({ kind: 'exchange', client: name, limit: MAX_EXCHANGES, last: MAX_LOOKED }),
    { of: [client.value, name], everyMs: LOOK_EVERY_MS, insists: true },
  );
  return (
    <div class="trace">
      <header>
        <a href={panelHash('clients')}>← {WORDS.back}</a>
        <h2>{name}</h2>
        <Figures name={name} />
      </header>
      <ScorecardOf name={name} asked={judged} />
      <Exchanges name={name} asked={looked} />
    </div>
  );
}

function Figures({ name }: { readonly name: string }) {
  const row = clientRows(summaries.value).find((one) => one.client === name);
  const columns = WORDS.columns;
  return (
    <dl class="figures">
      <Figure {...columns.rate} value={rate(row?.rate)} />
      <Figure {...columns.open} value={count(row?.open)} />
      <Figure {...columns.failed} value={share(row?.failedShare)} />
      <Figure {...columns.retries} value={count(row?.retries)} />
      <Figure {...columns.timeout} value={row?.timeoutMs == null ? WORDS.unseen : duration(row.timeoutMs)} />
      <Figure {...columns.breaker} value={row?.breaker ? WORDS.breaker[row.breaker] : '–'} />
    </dl>
  );
}

function Figure({ name, of, value }: Readonly<Record<'name' | 'of' | 'value', string>>) {
  return (
    <div>
      <dt class="muted">
        {name} <small>{of}</small>
      </dt>
      <dd class="number">{value}</dd>
    </div>
  );
}
