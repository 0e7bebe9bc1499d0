// How a command ends: exit statuses, and the failure that carries one.

export const EXIT = {
  fine: 0,
  /** A question was answered with no. */
  verdictFailed: 1,
  badInput: 2,
  /** The server was not reached, or would not serve us. */
  refused: 3,
} as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** What each status tells a script; for the help and the docs. */
export const EXIT_WORDS: Readonly<Record<ExitStatus, string>> = {
  [EXIT.fine]: 'fine',
  [EXIT.verdictFailed]: 'a verdict failed',
  [EXIT.badInput]: 'bad usage or bad input',
  [EXIT.refused]: 'server unreachable or refused',
};

/** Ends a command; the message goes to stderr. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: ExitStatus;

  constructor(status: ExitStatus, message: string) {
    super(message);
    this.status = status;
  }
}
