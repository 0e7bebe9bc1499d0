// The field that a note is written in: where it is found, and whether somebody waits for it.
import { signal } from '@preact/signals';

export const NOTE_FIELD = 'note-text';
/** Somebody wants to write: the field takes the focus as soon as it is there, however long its panel takes. */
export const isNoteWanted = signal(false);
