// Where a document is written: with line numbers, and what is wrong with it in a list that leads to its lines.
import { useRef } from 'preact/hooks';
import { WORDS } from '../words/shelf.ts';
import { byLine, type LineMark, wordsOfMark } from './line-marks.ts';
import './yaml.css';

interface YamlEditorProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  /** What the server said of the text as it was sent. */
  readonly marks: readonly LineMark[];
  readonly disabled?: boolean;
  change(text: string): void;
}

export function YamlEditor({ id, label, text, marks, disabled = false, change }: YamlEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const wrong = byLine(marks);
  const lines = text.split('\n').length;
  const goTo = (line: number): void => {
    const at =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    const end = text.indexOf('\n', at);
    area.current?.focus();
    area.current?.setSelectionRange(at, end === -1 ? text.length : end);
  };
  return (
    <div class="yaml-editor">
      <label for={id}>{label}</label>
      <div class="page">
        <ol class="gutter" ref={gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <li key={index} class={wrong.has(index + 1) ? 'marked' : undefined} data-line={index + 1}>
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          id={id}
          ref={area}
          wrap="off"
          spellcheck={false}
          autocomplete="off"
          rows={18}
          value={text}
          disabled={disabled}
          aria-invalid={marks.length > 0}
          aria-describedby={`${id}-marks`}
          onInput={({ currentTarget }) => change(currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <div id={`${id}-marks`} role={marks.length > 0 ? 'alert' : undefined}>
        <ul class="marks">
          {marks.map(({ line, ...mark }) => (
            <li key={`${line} ${wordsOfMark(mark)}`} class="bad">
              {line !== undefined && (
                <button type="button" class="quiet" onClick={() => goTo(line)}>
                  {WORDS.yaml.line(line)}
                </button>
              )}{' '}
              {wordsOfMark(mark)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
