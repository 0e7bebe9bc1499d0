// Things that belong together by a text, where there are many of them and most belong to nothing.

/** Puts an item into its group, which is made for the first one. */
export function addTo<Item>(groups: Map<string, Item[]>, text: string, item: Item): void {
  const group = groups.get(text);
  if (group) group.push(item);
  else groups.set(text, [item]);
}

/** Those of more than one, each in the order of its items; without items that have nothing to go by. */
export function groupsOf<Item extends object>(items: Iterable<Item>, textOf: (item: Item) => string | null): Item[][] {
  const first = new Map<string, Item>();
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const text = textOf(item);
    if (text === null) continue;
    const before = first.get(text);
    const group = groups.get(text);
    if (group) group.push(item);
    else if (before) groups.set(text, [before, item]);
    else first.set(text, item);
  }
  return [...groups.values()];
}
