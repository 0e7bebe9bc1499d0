// What was typed into a form, and the JSON value that it stands for.
import type { Field } from './field.ts';

/** Texts of single fields, an empty one unset; a flag is `true` or `false`, a choice the index of its value. */
export type Draft =
  | string
  | { readonly object: Readonly<Record<string, Draft>> }
  | { readonly list: readonly Draft[] }
  | { readonly option: number; readonly draft: Draft };

/** A value that cannot be sent, by its path, as `percentiles.p50`. */
export interface DraftMistake {
  readonly path: string;
  readonly wrong: 'number' | 'json';
}

export interface DraftValue {
  /** Undefined: unset. */
  readonly value: unknown;
  readonly mistakes: readonly DraftMistake[];
}

const UNSET: DraftValue = { value: undefined, mistakes: [] };

export function readDraft(field: Field, draft: Draft | undefined, path = ''): DraftValue {
  if (draft === undefined || draft === '') return UNSET;
  if (typeof draft === 'string') return ofText(field, draft, path);
  if ('object' in draft) return ofObject(field, draft.object, path);
  if ('list' in draft) return ofList(field, draft.list, path);
  const option = field.is === 'either' ? field.options[draft.option] : undefined;
  return option ? readDraft(option.field, draft.draft, path) : UNSET;
}

function ofText(field: Field, text: string, path: string): DraftValue {
  switch (field.is) {
    case 'number': {
      const value = Number(text);
      return Number.isNaN(value) ? { value: undefined, mistakes: [{ path, wrong: 'number' }] } : good(value);
    }
    case 'flag':
      return good(text === 'true');
    case 'choice':
      return good(field.values[Number(text)]);
    case 'json':
      try {
        return good(JSON.parse(text));
      } catch {
        return { value: undefined, mistakes: [{ path, wrong: 'json' }] };
      }
    default:
      return good(text);
  }
}

function ofObject(field: Field, drafts: Readonly<Record<string, Draft>>, path: string): DraftValue {
  if (field.is !== 'object') return UNSET;
  const read = field.fields.map(({ name, field: inner }) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [name, readDraft(inner, Object.hasOwn(drafts, name) ? drafts[name] : undefined, at)] as const;
  });
  const given = read.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value] as const]));
  return { value: Object.fromEntries(given), mistakes: read.flatMap(([, { mistakes }]) => mistakes) };
}

function ofList(field: Field, drafts: readonly Draft[], path: string): DraftValue {
  if (field.is !== 'list') return UNSET;
  const read = drafts.map((draft, index) => readDraft(field.item, draft, `${path}[${index}]`));
  const values = read.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return {
    value: values.length === 0 ? undefined : values,
    mistakes: read.flatMap(({ mistakes }) => mistakes),
  };
}

const good = (value: unknown): DraftValue => ({ value, mistakes: [] });
