// Keys that work on every panel, unless one is typing: `n` leads to the field for a note of the rehearsal that runs.
import { effect } from '@preact/signals';
import { latest } from './live/kept.ts';
import { isNoteWanted } from './note-field.ts';
import { goTo, panelHash, panelName } from './route.ts';

const TYPING = 'input, textarea, select, [contenteditable]';
const PANEL = 'rehearsal';

export function startShortcuts(): void {
  addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof Element && event.target.matches(TYPING);
    if (event.key !== 'n' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!latest.peek()?.rehearsal) return;
    event.preventDefault();
    goTo(panelHash(PANEL));
    isNoteWanted.value = true;
  });
  // who goes elsewhere meanwhile is not called back
  addEventListener('focusin', forget);
  effect(() => {
    if (panelName.value !== PANEL) forget();
  });
}

function forget(): void {
  isNoteWanted.value = false;
}
