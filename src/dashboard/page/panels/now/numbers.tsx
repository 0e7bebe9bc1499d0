// The few numbers that tell how the sale goes: orders a minute, answers, failures, latency.
import type { ComponentChildren } from 'preact';
import { count, duration, rate, share } from '../../format.ts';
import { latest, summaries } from '../../live/kept.ts';
import { rateOver } from '../../live/rates.ts';
import { WORDS } from '../../words/now.ts';

const MINUTE_MS = 60_000;
/** Over so much answers are told, so that the number can be read. */
const FEW_SECONDS_MS = 5000;

export function Numbers() {
  const now = latest.value;
  if (!now) return null;
  const known = summaries.value;
  const orders = rateOver(known, ({ orders }) => orders.completed, MINUTE_MS);
  const answered = rateOver(known, ({ totals }) => totals.answered, FEW_SECONDS_MS);
  const failed = rateOver(known, ({ totals }) => totals.failed, FEW_SECONDS_MS);
  const arrived = rateOver(known, ({ totals }) => totals.arrived, FEW_SECONDS_MS);
  const ended = (failed ?? 0) + (rateOver(known, ({ totals }) => totals.goodput, FEW_SECONDS_MS) ?? 0);
  return (
    <section class="numbers" aria-label={WORDS.answers}>
      <Figure name={WORDS.orders} value={count(orders === null ? null : orders * 60)} unit={WORDS.perMinute}>
        {WORDS.inAll(count(now.orders.completed), count(now.seats.sold))}
      </Figure>
      <Figure name={WORDS.answers} value={rate(answered)} unit="">
        {rate(arrived)} arrived,{' '}
        <span class={failed ? 'hot' : ''}>{share(ended === 0 ? null : (failed ?? 0) / ended)}</span> {WORDS.failedShare}
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
