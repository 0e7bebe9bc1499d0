// Memory of arrays of numbers: more of it, and none any more.

type Numbers = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Whole, and however large, its memory is free from now on, without waiting for a garbage collection. */
export const release = ({ buffer }: { readonly buffer: ArrayBuffer }): void => void buffer.transfer(0);

/** The same numbers in an array of this length; the given one stays. */
export function enlarged<Kind extends Numbers>(numbers: Kind, length: number): Kind {
  const larger = new (numbers.constructor as new (length: number) => Kind)(length);
  larger.set(numbers);
  return larger;
}
