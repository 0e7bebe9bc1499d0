// Asks for the token, once a session.
import { useState } from 'preact/hooks';
import { enterWith } from '../session.ts';
import { WORDS } from '../words/shell.ts';

export function Locked({ why }: { readonly why: string | null }) {
  const [given, give] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (given.trim() === '') return;
    setBusy(true);
    await enterWith(given.trim());
    setBusy(false);
  };
  return (
    <main class="locked">
      <form class="card" onSubmit={submit}>
        <h1>{WORDS.locked.title}</h1>
        <label for="token">{WORDS.locked.label}</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          autofocus
          value={given}
          aria-describedby="token-hint"
          aria-invalid={why !== null}
          onInput={(event) => give(event.currentTarget.value)}
        />
        <p id="token-hint" class="muted">
          {WORDS.locked.hint}
        </p>
        {why !== null && (
          <p class="bad" role="alert">
            {why}
          </p>
        )}
        <button type="submit" class="primary" disabled={busy}>
          {busy ? WORDS.locked.entering : WORDS.locked.enter}
        </button>
      </form>
    </main>
  );
}
