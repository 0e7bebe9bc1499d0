// Things that belong together by a name, where there are many of them and most belong to nothing.
import type { Name } from './names.ts';

/** Puts an item into its group, which is made for the first one. */
export function addTo<By extends Name, Item>(groups: Map<By, Item[]>, name: By, item: Item): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}

/** Those of more than one, each in the order of its items; without items that have nothing to go by. */
export function groupsOf<Item extends object>(items: Iterable<Item>, nameOf: (item: Item) => Name | null): Item[][] {
  const first = new Map<Name, Item>();
  const groups = new Map<Name, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    if (name === null) continue;
    const before = first.get(name);
    const group = groups.get(name);
    if (group) group.push(item);
    else if (before) groups.set(name, [before, item]);
    else first.set(name, item);
  }
  return [...groups.values()];
}
