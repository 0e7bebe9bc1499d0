// Things that belong together by a name, where there are many of them and most belong to nothing.
import { ByName } from './by-name.ts';
import type { Name } from './names.ts';

/** Puts an item into its group, which is made for the first one. */
export function addTo<By extends Name | null, Item>(groups: Map<By, Item[]>, name: By, item: Item): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}

/** Something for each name within a place, without making one text of both: hardly a name is in several places. */
export class ByPlace<Item> {
  readonly #names = new ByName<Placed<Item>>();

  get(place: string, name: Name): Item | undefined {
    return this.#placed(place, name)?.item;
  }

  set(place: string, name: Name, item: Item): void {
    const placed = this.#placed(place, name);
    if (placed) placed.item = item;
    else this.#names.set(name, { place, item, next: this.#names.get(name) });
  }

  #placed(place: string, name: Name): Placed<Item> | undefined {
    let placed = this.#names.get(name);
    while (placed && placed.place !== place) placed = placed.next;
    return placed;
  }
}

interface Placed<Item> {
  readonly place: string;
  item: Item;
  /** Of the same name, in another place. */
  readonly next: Placed<Item> | undefined;
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
