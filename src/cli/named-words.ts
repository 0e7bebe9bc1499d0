// What an answer says of the clients that were named by their keys, and of rules that can strike nothing so.

/** Nothing when all were named by name; the keys themselves are never told. */
export function shownAsWords(shownAs: readonly string[] | undefined): string[] {
  if (shownAs === undefined || shownAs.length === 0) return [];
  return [`Named by key: shown as ${shownAs.join(', ')}.`];
}

export function excludedWords(excluded: readonly { readonly rule: string; readonly why: string }[]): string[] {
  return excluded.map(({ rule, why }) => `Rule ${rule} can strike nothing: ${why}.`);
}
