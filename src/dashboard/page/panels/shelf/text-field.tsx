// A labelled field of a form, with a hint, and with what is wrong beside it.
import { useId } from 'preact/hooks';
import { FieldNote } from './field-note.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly says: string | null;
  readonly type?: 'text' | 'number';
  readonly unit?: string;
  /** Values that are often meant. */
  readonly suggestions?: readonly string[];
  readonly placeholder?: string;
  change(value: string): void;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, value, says, type = 'text', unit, suggestions = [], placeholder = '', change } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="with-unit">
        <input
          id={id}
          type={type}
          step="any"
          value={value}
          placeholder={placeholder}
          autocomplete="off"
          list={suggestions.length > 0 ? `${id}-list` : undefined}
          aria-invalid={says !== null}
          aria-describedby={`${id}-hint ${id}-why`}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
        {unit !== undefined && <span class="muted">{unit}</span>}
      </span>
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <FieldNote id={`${id}-why`} says={says} />
    </div>
  );
}
