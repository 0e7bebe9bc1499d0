// Begins a rehearsal from a file, or from what is written here; mistakes are shown at their lines.
import { useState } from 'preact/hooks';
import { AdminError } from '../../../../sdk/errors.ts';
import { type LineMark, wordsOfMark } from '../../parts/line-marks.ts';
import { client, whyOf } from '../../session.ts';
import { WORDS } from '../../words/rehearsal.ts';

export function Start() {
  const [text, setText] = useState<string>(WORDS.start.example);
  const [mistakes, setMistakes] = useState<readonly LineMark[]>([]);
  const [busy, setBusy] = useState(false);
  const begin = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await client.value.startRehearsal(text, 'the page');
      setMistakes([]);
    } catch (error) {
      setMistakes(mistakesOf(error));
    }
    setBusy(false);
  };
  return (
    <form class="card start" onSubmit={begin}>
      <h2>{WORDS.start.title}</h2>
      <p class="muted" id="start-hint">
        {WORDS.start.hint}
      </p>
      <p>
        <label for="start-file">{WORDS.start.file}</label>{' '}
        <input
          id="start-file"
          type="file"
          accept=".yaml,.yml,.json"
          onChange={(event) => void takeFile(event, setText)}
        />
      </p>
      <label for="start-text">{WORDS.start.label}</label>
      <textarea
        id="start-text"
        class="mono"
        rows={12}
        spellcheck={false}
        value={text}
        aria-describedby="start-hint"
        aria-invalid={mistakes.length > 0}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {mistakes.length > 0 && <Mistakes mistakes={mistakes} text={text} />}
      <button type="submit" class="primary" disabled={busy}>
        {busy ? WORDS.start.busy : WORDS.start.button}
      </button>
    </form>
  );
}

function Mistakes({ mistakes, text }: { readonly mistakes: readonly LineMark[]; readonly text: string }) {
  const written = text.split('\n');
  return (
    <div role="alert">
      <ul class="mistakes">
        {mistakes.map(({ line, ...mistake }) => (
          <li key={wordsOfMark(mistake)}>
            <span class="bad">{wordsOfMark(mistake)}</span>
            {line !== undefined && (
              <pre>
                {WORDS.start.line} {line}: {written[line - 1]}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

async function takeFile(event: Event, take: (text: string) => void): Promise<void> {
  const file = (event.currentTarget as HTMLInputElement).files?.[0];
  if (file) take(await file.text());
}

function mistakesOf(error: unknown): readonly LineMark[] {
  const told = error instanceof AdminError ? (error.problem.errors ?? []) : [];
  return told.length > 0 ? told : [{ path: '', message: whyOf(error) }];
}
