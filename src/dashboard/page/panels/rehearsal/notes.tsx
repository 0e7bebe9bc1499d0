// The notes of a rehearsal, and the field to write the next one by keyboard.
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { NoteBody, RehearsalAnswer } from '../../../../admin/contract/rehearsal.ts';
import { timeOfDay } from '../../format.ts';
import { shown } from '../../live/rehearsal.ts';
import { isNoteWanted, NOTE_FIELD } from '../../note-field.ts';
import { client, mayChange, whyOf } from '../../session.ts';
import { WORDS } from '../../words/rehearsal.ts';

type Kind = NonNullable<NoteBody['kind']>;
const KINDS: readonly Kind[] = ['saw', 'thought', 'did'];
const AUTHOR_KEY = 'showstopper-author';

const author = signal(sessionStorage.getItem(AUTHOR_KEY) ?? '');

export function Notes({ id, notes, endedAt }: RehearsalAnswer) {
  return (
    <section class="card notes" aria-labelledby="notes-title">
      <h2 id="notes-title">{WORDS.notes}</h2>
      {endedAt === null && mayChange.value && <Write id={id} />}
      {notes.length === 0 ? (
        <p class="empty">{WORDS.noNotes}</p>
      ) : (
        <ol>
          {notes.toReversed().map(({ at, author, kind, text }) => (
            <li key={`${at} ${author} ${text}`}>
              <time>{timeOfDay(at)}</time> <strong>{author}</strong> <span class="tag">{kind}</span> {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Write({ id }: { readonly id: string }) {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<Kind>('saw');
  const [why, setWhy] = useState<string | null>(null);
  const field = useWantedFocus();
  const write = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '' || author.value.trim() === '') return;
    try {
      const value = await client.value.noteRehearsal({ author: author.value.trim(), kind, text: text.trim() }, id);
      shown.value = { value, why: null };
      setText('');
      setWhy(null);
    } catch (error) {
      setWhy(whyOf(error));
    }
  };
  const choose = (event: KeyboardEvent): void => {
    const chosen = event.altKey ? KINDS[Number(event.code.replace('Digit', '')) - 1] : undefined;
    if (chosen === undefined) return;
    event.preventDefault();
    setKind(chosen);
  };
  return (
    <form class="write" onSubmit={write} onKeyDown={choose}>
      <label>
        {WORDS.author}
        <input required maxLength={100} value={author} onInput={(event) => remember(event.currentTarget.value)} />
      </label>
      <label>
        {WORDS.kind}
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {WORDS.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="wide">
        {WORDS.note}
        <input
          id={NOTE_FIELD}
          ref={field}
          maxLength={4000}
          autocomplete="off"
          value={text}
          aria-describedby="note-hint"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        {WORDS.write}
      </button>
      <p class="muted wide" id="note-hint">
        {WORDS.noteHint}
      </p>
      {why !== null && (
        <p class="bad wide" role="alert">
          {why}
        </p>
      )}
    </form>
  );
}

/** For the field that a key leads to from any panel. */
function useWantedFocus() {
  const field = useRef<HTMLInputElement>(null);
  const isWanted = isNoteWanted.value;
  useLayoutEffect(() => {
    if (isWanted) field.current?.focus(); // which is also the end of the wish
  }, [isWanted]);
  return field;
}

function remember(name: string): void {
  author.value = name;
  sessionStorage.setItem(AUTHOR_KEY, name);
}
