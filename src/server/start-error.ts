// Why a server cannot start.

/** The server cannot start, for a reason that its user can mend. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
