// One rehearsal: its phases, what it claims, what would abort it, its notes, and what came of it.
import type { RehearsalAnswer } from '../../../../admin/contract/rehearsal.ts';
import { clockOf, timeOfDay } from '../../format.ts';
import { heldFor, lastBeat } from '../../live/heartbeat.ts';
import { latest } from '../../live/kept.ts';
import { serverNow } from '../../live/live.ts';
import { AbortMeter } from '../../parts/abort-meter.tsx';
import { WORDS } from '../../words/rehearsal.ts';
import { Ending } from './ending.tsx';
import { Hypothesis } from './hypothesis.tsx';
import { Notes } from './notes.tsx';
import { Reports } from './reports.tsx';

export function One(rehearsal: RehearsalAnswer) {
  const { id, title, status, startedAt, endedAt, abort, result, troubles } = rehearsal;
  const isOn = endedAt === null;
  return (
    <>
      <section class="card one" aria-labelledby="one-title">
        <h2 id="one-title">{title}</h2>
        <p class="head">
          <span class={`tag ${isOn ? 'hot' : ''}`}>{status}</span>
          <code>{id}</code>
          <time>{timeOfDay(startedAt)}</time>
        </p>
        {isOn && heldFor.value === id && lastBeat.value.is !== 'none' && <Switch />}
        {abort && <p class="bad">{WORDS.aborted(abort.condition, abort.value, abort.limit)}</p>}
        {result && (
          <p class={result.holds ? 'ok' : 'bad'}>
            <strong>{result.holds ? WORDS.held : WORDS.notHeld}</strong> {WORDS.gate(result.gate)}
          </p>
        )}
        {troubles.map((trouble) => (
          <p key={trouble} class="hot">
            {trouble}
          </p>
        ))}
        <Phases {...rehearsal} />
        {isOn && <Ending id={id} />}
      </section>
      <Hypothesis {...rehearsal} />
      {isOn && <AbortConditions id={id} />}
      <Notes {...rehearsal} />
      {!isOn && <Reports id={id} />}
    </>
  );
}

function Switch() {
  const isLost = lastBeat.value.is === 'lost';
  return (
    <p class={isLost ? 'bad' : 'muted'} role={isLost ? 'alert' : undefined}>
      {isLost ? WORDS.beatLost : WORDS.holds}
    </p>
  );
}

function Phases({ phases, phase, endedAt }: RehearsalAnswer) {
  if (phases.length === 0) return null;
  return (
    <ol class="phases" aria-label={WORDS.phases}>
      {phases.map(({ name, kind, at, endsAt }) => (
        <li key={`${name} ${at}`} aria-current={endedAt === null && name === phase ? 'step' : undefined} class={kind}>
          <strong>{name}</strong> <time>{timeOfDay(at)}</time>
          {endedAt === null && name === phase && endsAt !== null && (
            <span class="left"> {WORDS.phaseLeft(clockOf(Date.parse(endsAt) - serverNow()))}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

function AbortConditions({ id }: { readonly id: string }) {
  const running = latest.value?.rehearsal;
  if (!running || running.id !== id) return null;
  return (
    <section class="card" aria-labelledby="abort-title">
      <h2 id="abort-title">{WORDS.abort}</h2>
      {running.abort.length === 0 && <p class="empty">{WORDS.noAbort}</p>}
      {running.abort.map((condition) => (
        <AbortMeter key={condition.name} {...condition} />
      ))}
    </section>
  );
}
