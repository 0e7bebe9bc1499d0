// The filters as a form; what it says goes into the address, so that it can be linked.

import { latest } from '../../live/kept.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/journal.ts';
import { FIELDS, type Field, type Filters } from './question.ts';

const SELECTS: Readonly<Partial<Record<Field, readonly (readonly [value: string, words: string])[]>>> = {
  ended: Object.entries(WORDS.ends),
  kind: Object.entries(WORDS.kinds),
};
/** What is asked for most stands open; the rest is folded while nothing of it is asked. */
const USUAL: readonly Field[] = ['client', 'operation', 'status', 'ended', 'kind'];
const FURTHER = FIELDS.filter((field) => !USUAL.includes(field));

export function FilterForm({ filters }: { readonly filters: Filters }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const asked = FIELDS.flatMap((field) => {
      const value = given.get(field);
      return typeof value === 'string' && value.trim() !== '' ? [[field, value.trim()] as const] : [];
    });
    location.hash = panelHash('journal', Object.fromEntries(asked));
  };
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <form onSubmit={submit}>
      <div class="fields">
        {USUAL.map((field) => (
          <FilterField key={field} field={field} value={filters[field] ?? ''} />
        ))}
      </div>
      <details open={FURTHER.some((field) => filters[field] !== undefined)}>
        <summary>{WORDS.more}</summary>
        <div class="fields">
          {FURTHER.map((field) => (
            <FilterField key={field} field={field} value={filters[field] ?? ''} />
          ))}
        </div>
      </details>
      <p class="controls">
        <button type="submit" class="primary">
          {WORDS.apply}
        </button>
        {isFiltered && <a href={panelHash('journal')}>{WORDS.clear}</a>}
      </p>
    </form>
  );
}

function FilterField({ field, value }: { readonly field: Field; readonly value: string }) {
  const options = SELECTS[field];
  return (
    <div class="field">
      <label for={`filter-${field}`}>{WORDS.fields[field]}</label>
      {options ? (
        <select id={`filter-${field}`} name={field} defaultValue={value}>
          <option value="">{field === 'kind' ? WORDS.usual : WORDS.any}</option>
          {options.map(([name, words]) => (
            <option key={name} value={name} selected={name === value}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={`filter-${field}`}
          name={field}
          defaultValue={value}
          placeholder={WORDS.hints[field]}
          maxLength={2000}
          autocomplete="off"
          spellcheck={false}
          list={field === 'client' ? 'journal-clients' : undefined}
        />
      )}
      {field === 'client' && <KnownClients />}
    </div>
  );
}

function KnownClients() {
  return (
    <datalist id="journal-clients">
      {latest.value?.clients.map(({ client }) => (
        <option key={client}>{client}</option>
      ))}
    </datalist>
  );
}
