// What goes to a terminal: text of others with nothing in it that a terminal obeys, and no crash when nobody reads on.

import { EXIT } from './exit-status.ts';

/** C0 without tab and line feed, DEL and C1: ESC and CSI among them. Marks that turn the direction of writing as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OBEYED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/**
 * The same text, with what a terminal would obey shown as `\u001b`. Node's `stripVTControlCharacters` and `strip-ansi`
 * take whole escape sequences away, and leave lone control characters and turns of direction.
 */
export const harmless = (text: string): string =>
  text.replace(OBEYED, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A line of its own on stdout. */
export const print = (text: string): void => {
  process.stdout.write(`${harmless(text)}\n`);
};

/** A line of its own on stderr. */
export const printError = (text: string): void => {
  process.stderr.write(`${harmless(text)}\n`);
};

/**
 * Whoever reads our output may stop reading, as `head` does; the command still comes to its own end and exit status. Where it
 * cannot be written, as on a full disk, the command ends at once, and not with the status of a verdict.
 */
export function surviveClosedOutput(): void {
  process.stderr.on('error', () => {}); // there is nowhere left to say it
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    printError(`the output cannot be written: ${error.message}`);
    process.exit(EXIT.badInput);
  });
}

/** For a command that has no end of its own: whoever read its output has stopped. */
export function whenReadNoMore(then: () => void): void {
  process.stdout.once('error', then);
  process.stdout.once('close', then);
}
