// Saves the report of a rehearsal that has ended; it is fetched with the token, which a link could not carry.

import type { ReportForm } from '../../../../sdk/rehearsal-calls.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { client } from '../../session.ts';
import { WORDS } from '../../words/rehearsal.ts';

const FORMS: readonly { readonly form: ReportForm; readonly name: string; readonly type: string }[] = [
  { form: 'html', name: 'HTML', type: 'text/html' },
  { form: 'md', name: 'Markdown', type: 'text/markdown' },
  { form: 'json', name: 'JSON', type: 'application/json' },
  { form: 'junit.xml', name: 'JUnit', type: 'application/xml' },
];

export function Reports({ id }: { readonly id: string }) {
  return (
    <section class="card" aria-labelledby="reports-title">
      <h2 id="reports-title">{WORDS.report}</h2>
      <p class="controls">
        {FORMS.map(({ form, name, type }) => (
          <ActionButton
            key={form}
            readsOnly
            label={WORDS.save(name)}
            act={async () => save(`${id}.${form}`, type, await client.value.rehearsalReport(id, form))}
          />
        ))}
      </p>
    </section>
  );
}

function save(file: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
