// Things by names: quick where the names are numbers, which are given one after the other.
import { enlarged } from './array-memory.ts';
import type { Name } from './names.ts';

const FIRST_NAMES = 16;

/** As a `Map`, whose memory is read in about the order in which the names came. */
export class ByName<Item> {
  /** Of each number: the place of its item, counted from 1, or 0 for none. */
  #places = new Int32Array(FIRST_NAMES);
  /** Of names that are texts. */
  readonly #texts = new Map<string, number>();
  readonly #items: Item[] = [];

  get(name: Name): Item | undefined {
    const place = this.#placeOf(name);
    return place === 0 ? undefined : this.#items[place - 1];
  }

  has(name: Name): boolean {
    return this.#placeOf(name) !== 0;
  }

  set(name: Name, item: Item): void {
    const place = this.#placeOf(name);
    if (place !== 0) {
      this.#items[place - 1] = item;
      return;
    }
    this.#items.push(item);
    if (typeof name === 'string') this.#texts.set(name, this.#items.length);
    else {
      if (name >= this.#places.length)
        this.#places = enlarged(this.#places, Math.max(name + 1, 2 * this.#places.length));
      this.#places[name] = this.#items.length;
    }
  }

  /** In the order in which their names came first. */
  get items(): readonly Item[] {
    return this.#items;
  }

  #placeOf(name: Name): number {
    if (typeof name === 'string') return this.#texts.get(name) ?? 0;
    return name < this.#places.length ? (this.#places[name] as number) : 0;
  }
}
