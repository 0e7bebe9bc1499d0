// Ends a rehearsal: in good order, or at once with a reason.
import { useState } from 'preact/hooks';
import { shown } from '../../live/rehearsal.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/rehearsal.ts';

export function Ending({ id }: { readonly id: string }) {
  const [reason, setReason] = useState('');
  if (!mayChange.value) return null;
  const given = reason.trim();
  return (
    <div class="controls">
      <ActionButton
        label={WORDS.finish}
        busyLabel={WORDS.finishing}
        act={async () => {
          shown.value = { value: await client.value.finishRehearsal(id), why: null };
        }}
      />
      <input
        aria-label={WORDS.reason}
        placeholder={WORDS.reason}
        maxLength={400}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <ActionButton
        kind="danger"
        label={WORDS.abortNow}
        busyLabel={WORDS.aborting}
        act={async () => {
          const asked = { by: 'the page', ...(given !== '' && { reason: given }) };
          shown.value = { value: await client.value.abortRehearsal(asked, id), why: null };
        }}
      />
    </div>
  );
}
