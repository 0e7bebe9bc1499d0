// Things that belong together by a name, where there are many of them and most belong to nothing.
import type { Name } from './names.ts';
import { Pairs } from './pairs.ts';

/** Puts an item into its group, which is made for the first one. */
export function addTo<By extends Name | null, Item>(groups: Map<By, Item[]>, name: By, item: Item): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}

interface Grouping<Item> {
  readonly placeOf: (item: Item) => string;
  /** Within its place; null where it has nothing to go by. */
  readonly nameOf: (item: Item) => Name | null;
}

/** Those of more than one, each in the order of its items, by when the second of them came. */
export function groupsOf<Item extends object>(items: Iterable<Item>, { placeOf, nameOf }: Grouping<Item>): Item[][] {
  const pairs = new Pairs();
  const first: (Item | Item[])[] = [];
  const groups: Item[][] = [];
  for (const item of items) {
    const name = nameOf(item);
    if (name === null) continue;
    const pair = pairs.of(placeOf(item), name);
    const before = first[pair];
    if (Array.isArray(before)) before.push(item);
    else if (before) {
      const group = [before, item];
      groups.push(group);
      first[pair] = group;
    } else first[pair] = item;
  }
  return groups;
}
