// The few numbers that tell how the sale goes: orders a minute, answers, failures, latency.
import type { ComponentChildren } from 'preact';
import { count, duration, rate, share } from '../../format.ts';
import { latest } from '../../live/kept.ts';
import { failedShare, ordersAMinute, rateNow } from '../../live/sale.ts';
import { WORDS } from '../../words/now.ts';

export function Numbers() {
  const now = latest.value;
  if (!now) return null;
  const failed = failedShare();
  return (
    <section class="numbers" aria-label={WORDS.answers}>
      <Figure name={WORDS.orders} value={count(ordersAMinute())} unit={WORDS.perMinute}>
        {WORDS.inAll(count(now.orders.completed), count(now.seats.sold))}
      </Figure>
      <Figure name={WORDS.answers} value={rate(rateNow(({ totals }) => totals.answered))} unit="">
        {rate(rateNow(({ totals }) => totals.arrived))} arrived,{' '}
        <span class={failed ? 'hot' : ''}>{share(failed)}</span> {WORDS.failedShare}
      </Figure>
      <Figure name={WORDS.latency} value={duration(now.latencyMs?.p95)} unit="">
        {WORDS.oldest(duration(now.oldestOpenMs))}
      </Figure>
      <Figure name={WORDS.open} value={count(now.open)} unit="">
        <span class={now.held > 0 ? 'hot' : ''}>{WORDS.held(count(now.held))}</span>
      </Figure>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly children: ComponentChildren;
}

function Figure({ name, value, unit, children }: FigureProps) {
  return (
    <div class="card figure">
      <h3>{name}</h3>
      <p class="big">
        {value} <small>{unit}</small>
      </p>
      <p class="muted">{children}</p>
    </div>
  );
}
