// The fields of an object that a JSON Schema describes, each with the schema's words, and with what is wrong beside it.
import { useId } from 'preact/hooks';
import { WORDS } from '../../../words/shelf.ts';
import { FieldNote } from '../field-note.tsx';
import type { Wrong } from '../refusal.ts';
import type { Draft } from './draft.ts';
import type { Field, NamedField } from './field.ts';
import { Single } from './single-field.tsx';

export interface FieldsProps {
  readonly fields: readonly NamedField[];
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Where they stand in what is sent, as `with`. */
  readonly path: string;
  readonly wrong: Wrong;
  change(drafts: Readonly<Record<string, Draft>>): void;
}

export function SchemaFields({ fields, drafts, path, wrong, change }: FieldsProps) {
  return (
    <div class="schema">
      {fields.map((named) => (
        <NamedRow
          key={named.name}
          named={named}
          draft={drafts[named.name]}
          path={`${path}.${named.name}`}
          wrong={wrong}
          change={(draft) => change({ ...drafts, [named.name]: draft })}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly named: NamedField;
  readonly draft: Draft | undefined;
  readonly path: string;
  readonly wrong: Wrong;
  change(draft: Draft): void;
}

function NamedRow({ named, draft, path, wrong, change }: RowProps) {
  const id = useId();
  const { name, says, required, field } = named;
  const isGroup = field.is === 'object' || field.is === 'list' || field.is === 'either';
  const title = (
    <>
      <code>{name}</code> {required && <span class="muted">{WORDS.schema.required}</span>}
    </>
  );
  const hint = [says, fallbackWords(named), boundWords(field)].filter(Boolean).join(' · ');
  const inner = (
    <AnyField
      {...{ field, draft, path, wrong, change, id }}
      placeholder={placeholderOf(named)}
      label={isGroup ? name : undefined}
    />
  );
  if (isGroup)
    return (
      <fieldset class="group">
        <legend>{title}</legend>
        {hint !== '' && <p class="hint">{hint}</p>}
        {inner}
        <FieldNote id={`${id}-why`} says={wrong.at(path)} />
      </fieldset>
    );
  return (
    <div class="field">
      <label for={id}>{title}</label>
      {inner}
      {hint !== '' && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldNote id={`${id}-why`} says={wrong.at(path)} />
    </div>
  );
}

interface AnyProps {
  readonly field: Field;
  readonly draft: Draft | undefined;
  readonly path: string;
  readonly wrong: Wrong;
  readonly id: string;
  readonly placeholder: string;
  /** Of a field that has no label of its own, as one of a list. */
  readonly label?: string | undefined;
  change(draft: Draft): void;
}

function AnyField(props: AnyProps) {
  const { field, draft, path, wrong, id, placeholder, label, change } = props;
  switch (field.is) {
    case 'object':
      return <ObjectField {...{ fields: field.fields, draft, path, wrong, change }} />;
    case 'list':
      return <ListField {...props} field={field} />;
    case 'either':
      return <EitherField {...props} field={field} />;
    default:
      return (
        <Single
          {...{ field, id, placeholder, label, change }}
          text={typeof draft === 'string' ? draft : ''}
          bad={wrong.at(path) !== null}
        />
      );
  }
}

type Of<Is extends Field['is']> = Omit<AnyProps, 'field'> & { readonly field: Extract<Field, { readonly is: Is }> };

function ListField({ field, draft, path, wrong, id, label = '', change }: Of<'list'>) {
  const items = typeof draft === 'object' && 'list' in draft ? draft.list : [];
  const put = (list: readonly Draft[]): void => change({ list });
  return (
    <div class="list">
      {items.map((item, index) => (
        <div class="item" key={index}>
          <AnyField
            {...{ field: field.item, draft: item, path: `${path}[${index}]`, wrong, placeholder: '' }}
            label={`${label} ${index + 1}`}
            id={`${id}-${index}`}
            change={(changed) => put(items.map((one, at) => (at === index ? changed : one)))}
          />
          <button type="button" class="quiet" onClick={() => put(items.filter((_, at) => at !== index))}>
            {WORDS.schema.removeItem(index + 1)}
          </button>
        </div>
      ))}
      <button
        type="button"
        disabled={field.max !== undefined && items.length >= field.max}
        onClick={() => put([...items, ''])}
      >
        {WORDS.schema.addItem}
      </button>
    </div>
  );
}

function EitherField({ field, draft, path, wrong, id, placeholder, label, change }: Of<'either'>) {
  const isChosen = typeof draft === 'object' && 'option' in draft;
  const at = isChosen ? draft.option : 0;
  const option = field.options[at];
  return (
    <div class="either">
      <select
        aria-label={WORDS.schema.form}
        value={String(at)}
        onChange={({ currentTarget }) => change({ option: Number(currentTarget.value), draft: '' })}
      >
        {field.options.map(({ title }, index) => (
          <option key={title} value={String(index)}>
            {title}
          </option>
        ))}
      </select>
      {option && (
        <AnyField
          {...{ field: option.field, draft: isChosen ? draft.draft : undefined, path, wrong, id, placeholder, label }}
          change={(changed) => change({ option: at, draft: changed })}
        />
      )}
    </div>
  );
}

type ObjectProps = Omit<FieldsProps, 'drafts' | 'change'> & {
  readonly draft: Draft | undefined;
  change(draft: Draft): void;
};

/** Left out until it is asked for. */
function ObjectField({ fields, draft, path, wrong, change }: ObjectProps) {
  const drafts = typeof draft === 'object' && 'object' in draft ? draft.object : undefined;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={drafts !== undefined}
          onChange={({ currentTarget }) => change(currentTarget.checked ? { object: {} } : '')}
        />
        {WORDS.schema.give}
      </label>
      {drafts && <SchemaFields {...{ fields, drafts, path, wrong }} change={(object) => change({ object })} />}
    </>
  );
}

function fallbackWords({ fallback, bare }: NamedField): string {
  if (fallback !== undefined) return WORDS.schema.fallback(JSON.stringify(fallback));
  return bare === undefined ? '' : WORDS.schema.bare(JSON.stringify(bare));
}

function boundWords(field: Field): string {
  if (field.is !== 'number' || (field.min === undefined && field.max === undefined)) return '';
  if (field.max === undefined) return WORDS.schema.atLeast(String(field.min));
  return field.min === undefined
    ? WORDS.schema.atMost(String(field.max))
    : WORDS.schema.between(String(field.min), String(field.max));
}

function placeholderOf({ fallback, bare, field }: NamedField): string {
  const shown = fallback ?? bare;
  if (shown !== undefined && typeof shown !== 'object') return String(shown);
  return field.is === 'duration' ? WORDS.schema.duration : '';
}
