// The rehearsal that runs: its phase, and the distance to everything that would abort it.
import type { Summary } from '../../../../admin/contract/summary.ts';
import { bytes, clockOf, count, duration, share } from '../../format.ts';
import { latest } from '../../live/kept.ts';
import { serverNow } from '../../live/live.ts';
import { Meter } from '../../parts/meter.tsx';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/now.ts';

type Running = NonNullable<Summary['rehearsal']>;
type Condition = Running['abort'][number];

export function RehearsalNow() {
  const running = latest.value?.rehearsal ?? null;
  return (
    <section class="card rehearsal" aria-labelledby="rehearsal-title">
      <h2 id="rehearsal-title">{WORDS.rehearsal}</h2>
      {running === null ? <p class="empty">{WORDS.noRehearsal}</p> : <Running {...running} />}
    </section>
  );
}

function Running({ title, phase, endsAt, abort }: Running) {
  return (
    <>
      <p class="head">
        <a href={panelHash('rehearsal')}>{title}</a> <span class="tag">{phase}</span>
        {endsAt !== null && <span class="left">{WORDS.phaseEnds(clockOf(Date.parse(endsAt) - serverNow()))}</span>}
      </p>
      <div class="meters">
        {abort.map((condition) => (
          <AbortMeter key={condition.name} {...condition} />
        ))}
      </div>
    </>
  );
}

export function AbortMeter({ name, value, limit, unit }: Condition) {
  const label = WORDS.abort[name] ?? name;
  const shown = SHOWN[unit];
  if (value === null)
    return (
      <p class="muted">
        {label}: {WORDS.notMeasured}
      </p>
    );
  return <Meter label={label} value={value} limit={limit} words={WORDS.ofLimit(shown(value), shown(limit))} />;
}

const SHOWN: Readonly<Record<Condition['unit'], (value: number) => string>> = { ms: duration, count, share, bytes };
