// The reason phrase of a status line: always that of its own status.

/** Not imported: see http.ts. */
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** What RFC 9110 15 calls the classes, for a status that has no name of its own. */
const CLASSES = ['Informational', 'Successful', 'Redirection', 'Client Error', 'Server Error'] as const;

export function phraseOf(status: number): string {
  return STATUS_CODES[status] ?? CLASSES[Math.floor(status / 100) - 1] ?? 'Unknown';
}
