// For those who are rehearsed: their own answers and orders, and of the faults only that there are some.
import type { Summary } from '../../../admin/contract/summary.ts';
import { count, duration, rate, share, timeOfDay } from '../format.ts';
import { latest } from '../live/kept.ts';
import { isCurrent, serverNow } from '../live/live.ts';
import { ordersAMinute, rateNow } from '../live/sale.ts';
import { SEALED } from '../live/sealed.ts';
import { ConnectionMark } from '../parts/connection-mark.tsx';
import { NotUnderstood } from '../parts/troubles.tsx';
import { WORDS } from '../words/views.ts';
import { Figure } from './figure.tsx';
import { useEscape } from './use-escape.ts';
import './views.css';

export function Participants() {
  useEscape();
  const now = latest.value;
  return (
    <main class={`view participants ${isCurrent() ? '' : 'old'}`} aria-label={WORDS.participants} title={WORDS.leave}>
      <header>
        <ConnectionMark />
        <span>
          <span class="muted">{WORDS.clock}</span> <time>{timeOfDay(serverNow())}</time>
        </span>
      </header>
      <h1 class="visually-hidden">{WORDS.participants}</h1>
      <NotUnderstood />
      {now && <Faults now={now} />}
      {now && (
        <dl class="huge">
          <Figure name={WORDS.orders} value={count(ordersAMinute())} />
          <Figure name={WORDS.answers} value={rate(rateNow(({ totals }) => totals.answered))} />
          <Figure name={WORDS.latency} value={duration(now.latencyMs?.p95)} />
          <Figure name={WORDS.open} value={count(now.open)} />
        </dl>
      )}
      {now && <Clients clients={now.clients} />}
    </main>
  );
}

/** The stream itself has no name in it while a story is sealed; this view shows none while one is hidden at all. */
function Faults({ now: { story, rules, rulesLeftOut } }: { readonly now: Summary }) {
  const isSealed = story.scenario === SEALED || rules.some(({ fault }) => fault === SEALED);
  if (isSealed) return <p class="headline">{WORDS.sealed}</p>;
  if (rules.length === 0) return <p class="headline ok">{WORDS.nothing}</p>;
  return (
    <p class="headline hot">
      {rulesLeftOut > 0
        ? WORDS.inForce(count(rules.length + rulesLeftOut))
        : rules.map(({ fault }) => fault).join(', ')}
    </p>
  );
}

function Clients({ clients }: { readonly clients: Summary['clients'] }) {
  if (clients.length === 0) return null;
  return (
    <table>
      <caption class="visually-hidden">{WORDS.clients}</caption>
      <thead>
        <tr>
          <th scope="col">{WORDS.client}</th>
          <th scope="col" class="number">
            {WORDS.rate}
          </th>
          <th scope="col" class="number">
            {WORDS.failedShare}
          </th>
          <th scope="col" class="number">
            {WORDS.openNow}
          </th>
        </tr>
      </thead>
      <tbody>
        {clients.map(({ client, arrived, failed, open }) => (
          <tr key={client}>
            <th scope="row">{client}</th>
            <td class="number">{count(arrived)}</td>
            <td class="number">{share(arrived === 0 ? null : failed / arrived)}</td>
            <td class="number">{count(open)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
