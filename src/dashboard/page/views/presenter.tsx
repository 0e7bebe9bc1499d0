// For the wall of a room: large, dark, without controls.
import type { Summary } from '../../../admin/contract/summary.ts';
import { clockOf, count, duration, share, timeOfDay } from '../format.ts';
import { latest } from '../live/kept.ts';
import { isCurrent, serverNow } from '../live/live.ts';
import { failedShare, ordersAMinute } from '../live/sale.ts';
import { ConnectionMark } from '../parts/connection-mark.tsx';
import { NotUnderstood } from '../parts/troubles.tsx';
import { WORDS as NOW } from '../words/now.ts';
import { WORDS } from '../words/views.ts';
import { Figure } from './figure.tsx';
import { useEscape } from './use-escape.ts';
import './views.css';

/** More would not be read from the back of the room. */
const MAX_FAULTS = 5;

export function Presenter() {
  useEscape();
  const now = latest.value;
  return (
    <main class={`view presenter ${isCurrent() ? '' : 'old'}`} aria-label={WORDS.presenter} title={WORDS.leave}>
      <header>
        <ConnectionMark />
        <StoryClock story={now?.story} />
        <span>
          <span class="muted">{WORDS.clock}</span> <time>{timeOfDay(serverNow())}</time>
        </span>
      </header>
      <h1 class="visually-hidden">{WORDS.presenter}</h1>
      <NotUnderstood />
      {now && <Faults rules={now.rules} leftOut={now.rulesLeftOut} />}
      {now && <Numbers now={now} />}
      <footer>
        <NearestLimit rehearsal={now?.rehearsal ?? null} />
        <p class="note">{now?.story.note}</p>
      </footer>
    </main>
  );
}

function StoryClock({ story }: { readonly story: Summary['story'] | undefined }) {
  if (!story || story.status === 'ended') return null;
  return (
    <strong>
      <span class="muted">{WORDS.story}</span> {story.storyTime}
    </strong>
  );
}

function Faults({ rules, leftOut }: { readonly rules: Summary['rules']; readonly leftOut: number }) {
  const shown = rules.slice(0, MAX_FAULTS);
  const more = rules.length - shown.length + leftOut;
  if (rules.length === 0) return <p class="headline ok">{WORDS.nothing}</p>;
  return (
    <ul class="headline" aria-label={WORDS.faults}>
      {shown.map(({ id, activation, fault, share: part, expiresAt, acted }, at) => (
        <li key={`${id} ${at}`}>
          <strong class="hot">{activation ?? fault}</strong> {activation !== null && fault !== activation && fault}{' '}
          <span class="muted">
            {share(part)} · {acted === null ? NOW.uncounted : NOW.acts(count(acted))}
          </span>{' '}
          <span class="left">
            {expiresAt === null ? WORDS.endless : WORDS.left(clockOf(Date.parse(expiresAt) - serverNow()))}
          </span>
        </li>
      ))}
      {more > 0 && <li class="muted">{WORDS.more(count(more))}</li>}
    </ul>
  );
}

function Numbers({ now }: { readonly now: Summary }) {
  const failed = failedShare();
  return (
    <dl class="huge">
      <Figure name={WORDS.orders} value={count(ordersAMinute())} />
      <Figure name={WORDS.failed} value={share(failed)} hot={failed !== null && failed > 0} />
      <Figure name={WORDS.open} value={count(now.open)} more={WORDS.held(count(now.held))} hot={now.held > 0} />
      <Figure name={WORDS.latency} value={duration(now.latencyMs?.p95)} />
    </dl>
  );
}

function NearestLimit({ rehearsal }: { readonly rehearsal: Summary['rehearsal'] }) {
  if (rehearsal === null) return null;
  const [nearest] = rehearsal.abort
    .flatMap(({ name, value, limit }) => (value === null ? [] : [{ name, part: limit <= 0 ? 1 : value / limit }]))
    .sort((one, other) => other.part - one.part);
  return (
    <p>
      {rehearsal.title} <span class="tag">{rehearsal.phase}</span>{' '}
      {nearest && (
        <span class={nearest.part >= 0.8 ? 'bad' : 'muted'}>
          {WORDS.nearest}: {NOW.abort[nearest.name] ?? nearest.name} {share(nearest.part)}
        </span>
      )}
    </p>
  );
}
