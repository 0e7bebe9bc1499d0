// The rehearsal that runs: its phase, and the distance to everything that would abort it.
import type { Summary } from '../../../../admin/contract/summary.ts';
import { clockOf } from '../../format.ts';
import { latest } from '../../live/kept.ts';
import { serverNow } from '../../live/live.ts';
import { AbortMeter } from '../../parts/abort-meter.tsx';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/now.ts';

type Running = NonNullable<Summary['rehearsal']>;

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
