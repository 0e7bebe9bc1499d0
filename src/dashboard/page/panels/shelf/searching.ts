// Finds what is meant in the lists of the shelf: every word must occur in the name or in its words.
interface Found {
  readonly name: string;
  readonly summary: string | null;
}

/** Case, dashes and the like are of no account. */
export function matching<Item extends Found>(items: readonly Item[], asked: string): Item[] {
  const words = plain(asked).split(' ').filter(Boolean);
  return items.filter(({ name, summary }) => {
    const text = `${plain(name)} ${plain(summary ?? '')}`;
    return words.every((word) => text.includes(word));
  });
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
