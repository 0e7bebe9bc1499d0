// Adds words to a test's error, which keeps its name, cause and stack.

/** Errors, and what runners have made of them. */
interface Worded {
  message?: string | undefined;
  stack?: string | undefined;
}

/** The error to throw in the place of this one: the same where it can be changed, else one that has it as its cause. */
export function withWords(error: unknown, words: string): unknown {
  if (isWorded(error)) {
    try {
      appendWords(error, words);
      return error;
    } catch {
      // it is frozen
    }
  }
  const said = isWorded(error) ? error.message : String(error);
  return new Error(`${said}\n\n${words}`, { cause: error });
}

/** In place; the stack, which repeats the message, too. */
export function appendWords(error: Worded, words: string): void {
  const { message = '', stack } = error;
  error.message = `${message}\n\n${words}`;
  if (stack !== undefined) error.stack = stackWith(stack, message, words);
}

function stackWith(stack: string, message: string, words: string): string {
  const at = message === '' ? -1 : stack.indexOf(message);
  const firstLine = stack.indexOf('\n');
  const end = at >= 0 ? at + message.length : firstLine >= 0 ? firstLine : stack.length;
  return `${stack.slice(0, end)}\n\n${words}${stack.slice(end)}`;
}

/** Not by its class: a runner may give a test classes of its own. */
const isWorded = (error: unknown): error is Worded =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
