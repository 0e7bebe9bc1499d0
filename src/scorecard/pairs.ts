// Pairs of names as numbers, so that what belongs to a pair lies in an array: no text is made of both, and no object.
import { ByName } from './by-name.ts';
import { type Name, Names } from './names.ts';

export class Pairs {
  readonly #ones = new ByName<number>();
  readonly #others = new ByName<number>();
  readonly #pairs = new Names();

  /** From 1 on, in the order in which pairs come first; equal where both names are. Null is a name as others. */
  of(one: Name, other: Name | null): number {
    return this.#pairs.ofPair(numberOf(this.#ones, one), other === null ? 0 : numberOf(this.#others, other));
  }
}

function numberOf(numbers: ByName<number>, name: Name): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const number = numbers.items.length + 1;
  numbers.set(name, number);
  return number;
}
