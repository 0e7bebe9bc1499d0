// Keys that work on every panel, unless one is typing: `n` leads to the field for a note of the rehearsal that runs.
import { latest } from './live/kept.ts';
import { NOTE_FIELD } from './note-field.ts';
import { panelHash } from './route.ts';

const TYPING = 'input, textarea, select, [contenteditable]';
/** The panel is loaded when it is first looked at. */
const APPEARS_WITHIN_FRAMES = 120;

export function startShortcuts(): void {
  addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof Element && event.target.matches(TYPING);
    if (event.key !== 'n' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!latest.peek()?.rehearsal) return;
    event.preventDefault();
    location.hash = panelHash('rehearsal');
    focusSoon(APPEARS_WITHIN_FRAMES);
  });
}

function focusSoon(frames: number): void {
  const field = document.getElementById(NOTE_FIELD);
  if (field) field.focus();
  else if (frames > 0) requestAnimationFrame(() => focusSoon(frames - 1));
}
