// One field of a form by the kind of value it takes.
import { WORDS } from '../../../words/shelf.ts';
import type { Field } from './field.ts';

interface SingleProps {
  readonly field: Field;
  readonly text: string;
  readonly id: string;
  readonly placeholder: string;
  readonly bad: boolean;
  readonly label?: string | undefined;
  change(text: string): void;
}

export function Single({ field, text, id, placeholder, bad, label, change }: SingleProps) {
  const common = {
    id,
    placeholder,
    'aria-label': label,
    'aria-describedby': `${id}-hint ${id}-why`,
    'aria-invalid': bad,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => change(currentTarget.value),
  };
  switch (field.is) {
    case 'flag':
    case 'choice': {
      const values = field.is === 'flag' ? ['true', 'false'] : field.values.map((_, index) => String(index));
      const shown = field.is === 'flag' ? values : field.values.map(String);
      return (
        <select {...common} value={text}>
          <option value="">{WORDS.schema.unset}</option>
          {values.map((value, index) => (
            <option key={value} value={value}>
              {shown[index]}
            </option>
          ))}
        </select>
      );
    }
    case 'number':
      return <input {...common} type="number" step={field.whole ? 1 : 'any'} value={text} />;
    case 'json':
      return <textarea {...common} rows={4} spellcheck={false} class="mono" value={text} />;
    case 'text':
      if (field.long) return <textarea {...common} rows={4} maxLength={field.maxLength} value={text} />;
      return <input {...common} type="text" maxLength={field.maxLength} value={text} />;
    default:
      return <input {...common} type="text" value={text} />;
  }
}
