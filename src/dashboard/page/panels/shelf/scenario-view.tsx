// One scenario: its words, and the form that plays it.
import { useState } from 'preact/hooks';
import type { Begun, ScenarioLine } from '../../../../admin/contract/playback.ts';
import { duration } from '../../format.ts';
import { latest } from '../../live/kept.ts';
import { wordsOfMark } from '../../parts/line-marks.ts';
import { Notice } from '../../parts/notice.tsx';
import { panelHash } from '../../route.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { Heading } from './heading.tsx';
import { FIRST_PLAY, type PlayDraft, playBodyOf, playSentenceOf } from './playing.ts';
import { Press, useSending } from './press.tsx';
import { wrongOf } from './refusal.ts';
import { TextField } from './text-field.tsx';

export function ScenarioView({
  name,
  scenarios,
}: {
  readonly name: string;
  readonly scenarios: readonly ScenarioLine[];
}) {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) return <Notice title={WORDS.profile.gone} text={name} tone="bad" />;
  const { summary, lastsMs, cues, starts, hidden, errors } = scenario;
  const facts = [
    WORDS.play.facts(duration(lastsMs), cues),
    ...(starts === null ? [] : [WORDS.play.starts(starts)]),
    ...(hidden ? [WORDS.play.hidden] : []),
  ];
  return (
    <article class="one">
      <header>
        <Heading name={name} />
        <p>{summary ?? WORDS.list.noSummary}</p>
        <p class="muted">{facts.join(' · ')}</p>
      </header>
      {errors.length > 0 && (
        <section class="card mistakes" role="alert">
          <p class="bad">{summary === null ? WORDS.profile.neverGood : WORDS.profile.bad}</p>
          <ul>
            {errors.map(({ file, line, ...mistake }) => (
              <li key={`${line} ${wordsOfMark(mistake)}`}>
                <code>{[file, line].filter((part) => part !== undefined).join(':')}</code> {wordsOfMark(mistake)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {summary !== null && <PlayForm scenario={scenario} />}
    </article>
  );
}

const FIELDS = ['speed', 'seed', 'from', 'paused'];

function PlayForm({ scenario }: { readonly scenario: ScenarioLine }) {
  const [draft, change] = useState<PlayDraft>(FIRST_PLAY);
  const { busy, wrong, done, send } = useSending<Begun>();
  const put = (part: Partial<PlayDraft>): void => change({ ...draft, ...part });
  const press = (event: Event): void => {
    event.preventDefault();
    void send(
      () => client.value.playScenario(scenario.name, playBodyOf(draft)),
      (error) => wrongOf(error, FIELDS),
    );
  };
  return (
    <form class="card arm" aria-labelledby="play-title" onSubmit={press}>
      <h3 id="play-title">{WORDS.play.title}</h3>
      {done === null && <OtherIsPlaying />}
      <fieldset class="plain" disabled={!mayChange.value}>
        <div class="row">
          <TextField
            label={WORDS.play.speed}
            hint={WORDS.play.speedHint}
            value={draft.speed}
            suggestions={['1', '10', '60']}
            unit="×"
            says={wrong.at('speed')}
            change={(speed) => put({ speed })}
          />
          <TextField
            label={WORDS.play.from}
            hint={WORDS.play.fromHint(scenario.starts ?? '20m')}
            value={draft.from}
            says={wrong.at('from')}
            change={(from) => put({ from })}
          />
          <TextField
            label={WORDS.play.seed}
            hint={WORDS.play.seedHint}
            type="number"
            value={draft.seed}
            says={wrong.at('seed')}
            change={(seed) => put({ seed })}
          />
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={draft.paused}
            onChange={({ currentTarget }) => put({ paused: currentTarget.checked })}
          />
          <span>{WORDS.play.paused}</span>
        </label>
      </fieldset>
      <Press
        sentence={playSentenceOf(scenario, draft)}
        label={WORDS.play.press}
        busyLabel={WORDS.play.pressing}
        refused={WORDS.play.refused}
        {...{ wrong, busy }}
      />
      {done && <HasBegun name={scenario.name} done={done} />}
    </form>
  );
}

function OtherIsPlaying() {
  const story = latest.value?.story;
  if (!story || story.scenario === null || story.status === 'ended') return null;
  return (
    <p class="hot">
      {WORDS.play.busy(story.scenario)} <a href={panelHash('now')}>{WORDS.arm.watch}</a>
    </p>
  );
}

function HasBegun({ name, done }: { readonly name: string; readonly done: Begun }) {
  return (
    <div class="armed" role="status">
      <p>{WORDS.play.done(name)}</p>
      <div class="controls">
        <a class="button primary" href={panelHash('now')}>
          {WORDS.arm.watch}
        </a>
      </div>
      {done.cannotAct.length > 0 && (
        <>
          <p>{WORDS.play.cannotAct}</p>
          <ul>
            {done.cannotAct.map(({ index, at, verb, text, why }) => (
              <li key={index}>
                {at} {verb} {text}: {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
