// Things that belong together by a name, where there are many of them and most belong to nothing.
import type { Name } from './names.ts';

/** Puts an item into its group, which is made for the first one. */
export function addTo<By extends Name | null, Item>(groups: Map<By, Item[]>, name: By, item: Item): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}

/** Something for each name within a place, without making one text of both: of few places with many names. */
export class ByPlace<Item> {
  readonly #places = new Map<string, Map<Name, Item>>();

  get(place: string, name: Name): Item | undefined {
    return this.#places.get(place)?.get(name);
  }

  set(place: string, name: Name, item: Item): void {
    const known = this.#places.get(place);
    if (known) known.set(name, item);
    else this.#places.set(place, new Map([[name, item]]));
  }
}

interface Grouping<Item> {
  readonly placeOf: (item: Item) => string;
  /** Within its place; null where it has nothing to go by. */
  readonly nameOf: (item: Item) => Name | null;
}

/** Those of more than one, each in the order of its items, by when the second of them came. */
export function groupsOf<Item extends object>(items: Iterable<Item>, { placeOf, nameOf }: Grouping<Item>): Item[][] {
  const first = new ByPlace<Item | Item[]>();
  const groups: Item[][] = [];
  for (const item of items) {
    const name = nameOf(item);
    if (name === null) continue;
    const place = placeOf(item);
    const before = first.get(place, name);
    if (Array.isArray(before)) before.push(item);
    else if (before) {
      const group = [before, item];
      groups.push(group);
      first.set(place, name, group);
    } else first.set(place, name, item);
  }
  return groups;
}
