// The trace of one client: how it does now, its last exchanges, and its scorecard.
import { useEffect, useMemo } from 'preact/hooks';
import { count, duration, rate, share } from '../../format.ts';
import { askEvery } from '../../live/asking.ts';
import { summaries } from '../../live/kept.ts';
import { panelHash } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/clients.ts';
import { clientRows } from './client-rows.ts';
import { JUDGE_EVERY_MS } from './client-table.tsx';
import { Exchanges } from './exchanges.tsx';
import { ScorecardOf } from './scorecard.tsx';

const LOOK_EVERY_MS = 3000;
const MAX_EXCHANGES = 30;
/** Of the newest entries of everybody, so that a client who has long gone costs the server no more than this. */
const MAX_LOOKED = 20_000;

export function ClientTrace({ name }: { readonly name: string }) {
  const judging = useMemo(() => askEvery(JUDGE_EVERY_MS, () => client.peek().scorecard({ client: name })), [name]);
  const looking = useMemo(
    () =>
      askEvery(LOOK_EVERY_MS, () =>
        client.peek().journal({ kind: 'exchange', client: name, limit: MAX_EXCHANGES, last: MAX_LOOKED }),
      ),
    [name],
  );
  useEffect(
    () => () => {
      judging.stop();
      looking.stop();
    },
    [judging, looking],
  );
  return (
    <div class="trace">
      <header>
        <a href={panelHash('clients')}>← {WORDS.back}</a>
        <h2>{name}</h2>
        <Figures name={name} />
      </header>
      <ScorecardOf name={name} told={judging.told} />
      <Exchanges name={name} told={looking.told} />
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
