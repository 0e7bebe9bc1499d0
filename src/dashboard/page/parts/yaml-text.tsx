// A document as it is written, with line numbers, and what is wrong beneath the line it is on.
import { WORDS } from '../words/shelf.ts';
import { byLine, type LineMark, wordsOfMark } from './line-marks.ts';
import './yaml.css';

interface YamlTextProps {
  readonly label: string;
  readonly text: string;
  readonly marks?: readonly LineMark[];
}

/** Lines that are shown; the longest documents have a few thousand. */
const MAX_LINES = 2000;

export function YamlText({ label, text, marks = [] }: YamlTextProps) {
  const lines = text.replace(/\n$/, '').split('\n');
  const wrong = byLine(marks);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="yaml" aria-label={label} tabIndex={0}>
      <ol>
        {lines.slice(0, MAX_LINES).map((line, index) => (
          <li key={index} class={wrong.has(index + 1) ? 'marked' : undefined} data-line={index + 1}>
            <code>{line === '' ? ' ' : line}</code>
            {wrong.get(index + 1)?.map((mark) => (
              <span class="mark" key={wordsOfMark(mark)}>
                {wordsOfMark(mark)}
              </span>
            ))}
          </li>
        ))}
      </ol>
      {lines.length > MAX_LINES && <p class="muted">{WORDS.yaml.lines(lines.length - MAX_LINES)}</p>}
    </section>
  );
}
