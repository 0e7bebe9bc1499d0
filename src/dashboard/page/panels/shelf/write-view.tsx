// Where a profile is written and put on the shelf in memory; what is wrong with it is marked on its lines.
import { useState } from 'preact/hooks';
import type { Profile } from '../../../../admin/contract/contract.ts';
import { AdminError } from '../../../../sdk/errors.ts';
import { useAsked } from '../../parts/asked.ts';
import type { LineMark } from '../../parts/line-marks.ts';
import { Notice } from '../../parts/notice.tsx';
import { YamlEditor } from '../../parts/yaml-editor.tsx';
import { panelHash } from '../../route.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { Press } from './press.tsx';
import { NOTHING_WRONG, type Wrong, wrongOf } from './refusal.ts';
import { TextField } from './text-field.tsx';

/** Begins with the text of a profile, or with an example. */
export function WriteView({ from }: { readonly from: string | null }) {
  const { data: first, why } = useAsked<Pick<Profile, 'name' | 'text'>>(
    async () => (from === null ? { name: WORDS.write.firstName, text: WORDS.write.first } : client.value.profile(from)),
    { of: [client.value, from] },
  );
  if (why !== null) return <Notice title={WORDS.profile.gone} text={why} tone="bad" />;
  if (first === null) return <Notice title={SHELL.loading} busy />;
  return <WriteForm key={from} first={first} />;
}

function WriteForm({ first }: { readonly first: Pick<Profile, 'name' | 'text'> }) {
  const [name, rename] = useState(first.name);
  const [text, write] = useState(first.text);
  const [marks, mark] = useState<readonly LineMark[]>([]);
  const [wrong, say] = useState<Wrong>(NOTHING_WRONG);
  const [busy, setBusy] = useState(false);
  const put = async (): Promise<void> => {
    setBusy(true);
    mark([]);
    say(NOTHING_WRONG);
    try {
      await client.value.putProfile(name, text);
      location.hash = panelHash('shelf', { profile: name });
    } catch (error) {
      const lines = error instanceof AdminError ? (error.problem.errors ?? []) : [];
      if (lines.length > 0) mark(lines);
      else say(wrongOf(error, ['name'], { validation_failed: 'name' }));
    }
    setBusy(false);
  };
  return (
    <form
      class="card write"
      aria-labelledby="write-title"
      onSubmit={(event) => {
        event.preventDefault();
        void put();
      }}
    >
      <h2 id="write-title">{WORDS.write.title}</h2>
      <p class="muted">{WORDS.write.hint}</p>
      <fieldset class="plain" disabled={!mayChange.value}>
        <TextField
          label={WORDS.write.name}
          hint={WORDS.write.nameHint}
          value={name}
          says={wrong.at('name')}
          change={rename}
        />
        <YamlEditor id="profile-text" label={WORDS.write.text} {...{ text, marks }} change={write} />
      </fieldset>
      <Press
        label={WORDS.write.press}
        busyLabel={WORDS.write.pressing}
        refused={WORDS.write.refused}
        {...{ wrong, busy }}
      />
    </form>
  );
}
