// The scenario that is played: its line of cues, its playhead, and the hand on it.

import { useState } from 'preact/hooks';
import type { Summary } from '../../../../admin/contract/summary.ts';
import { detailOf } from '../../../../sdk/errors.ts';
import { latest, moments } from '../../live/kept.ts';
import { SEALED } from '../../live/sealed.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/now.ts';

export function Story() {
  const story = latest.value?.story;
  if (!story) return null;
  const isOver = story.scenario === null || story.status === 'ended';
  return (
    <section class="card story" aria-labelledby="story-title">
      <h2 id="story-title">{WORDS.story}</h2>
      {isOver ? <p class="empty">{WORDS.noStory}</p> : <Playing story={story} />}
    </section>
  );
}

function Playing({ story }: { readonly story: Summary['story'] }) {
  const isSealed = story.scenario === SEALED && story.endsAt === null;
  const act = client.value;
  return (
    <>
      <p class="head">
        <strong>{story.scenario}</strong> <span class="number">{story.storyTime}</span>
        {story.endsAt !== null && <span class="muted"> / {story.endsAt}</span>}{' '}
        <span class="muted">{WORDS.speed(String(story.speed))}</span>
        {story.status === 'paused' && <span class="tag">{WORDS.paused}</span>}
      </p>
      {isSealed ? <p>{WORDS.sealed}</p> : <Playhead story={story} />}
      {story.note !== null && <blockquote>{story.note}</blockquote>}
      <dl class="cues">
        <CueWords name={WORDS.lastCue} cue={story.cue} />
        <CueWords name={WORDS.next} cue={story.next} />
      </dl>
      {mayChange.value && (
        <p class="controls">
          {story.status === 'paused' ? (
            <ActionButton kind="primary" label={WORDS.resume} act={() => act.resumePlayback()} />
          ) : (
            <ActionButton label={WORDS.pause} act={() => act.pausePlayback()} />
          )}
          <ActionButton label={WORDS.stop} act={() => act.stopPlayback()} />
        </p>
      )}
    </>
  );
}

function CueWords({ name, cue }: { readonly name: string; readonly cue: Summary['story']['cue'] }) {
  if (!cue) return null;
  return (
    <div>
      <dt class="muted">{name}</dt>
      <dd>
        <span class="number">{cue.at}</span> {cue.verb} {cue.text}
      </dd>
    </div>
  );
}

/** A slider, so that it works by keyboard; it seeks when it is let go. */
function Playhead({ story }: { readonly story: Summary['story'] }) {
  const [wanted, want] = useState<number | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const seek = (ms: number): void => {
    client.value
      .seekPlayback(`${Math.round(ms / 1000)}s`)
      .then(() => setWhy(null))
      .catch((error: unknown) => setWhy(detailOf(error)))
      .finally(() => want(null));
  };
  const at = wanted ?? story.storyMs;
  return (
    <div class="playhead">
      <input
        type="range"
        aria-label={WORDS.seek}
        aria-valuetext={story.storyTime ?? ''}
        min={0}
        max={Math.max(story.endsMs, story.storyMs)}
        step={1000}
        value={at}
        disabled={!mayChange.value}
        onInput={(event) => want(event.currentTarget.valueAsNumber)}
        onChange={(event) => seek(event.currentTarget.valueAsNumber)}
      />
      <CueMarks endsMs={story.endsMs} scenario={story.scenario} />
      {why !== null && (
        <p class="bad" role="alert">
          {why}
        </p>
      )}
    </div>
  );
}

/** Where cues were played, as far as this page has heard. */
function CueMarks({ endsMs, scenario }: { readonly endsMs: number; readonly scenario: string | null }) {
  const played = moments.value.flatMap(({ what, told }) =>
    what === 'cue' && 'storyMs' in told && told.cue && told.scenario === scenario
      ? [{ at: told.storyMs, words: `${told.cue.at} ${told.cue.verb} ${told.cue.text}` }]
      : [],
  );
  if (endsMs <= 0) return null;
  return (
    <div class="marks" aria-hidden="true">
      {played.map(({ at, words }) => (
        <i key={`${at} ${words}`} style={{ left: `${Math.min(100, (100 * at) / endsMs)}%` }} title={words} />
      ))}
    </div>
  );
}
