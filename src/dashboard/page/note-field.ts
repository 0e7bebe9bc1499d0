// The id of the field that a note is written in.
export const NOTE_FIELD = 'note-text';
