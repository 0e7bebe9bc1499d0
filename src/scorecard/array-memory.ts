// Memory of arrays of numbers: more of it, and none any more.

/** Of 32 bits, or of 64 as those of JavaScript are. */
export type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Whole, and however large, its memory is free from now on, without waiting for a garbage collection. */
export const release = ({ buffer }: { readonly buffer: ArrayBuffer }): void => void buffer.transfer(0);

/** The same numbers, and then zeros, in an array of this length; the given one has none any more, nor memory. */
export function enlarged<Kind extends Numbers>(numbers: Kind, length: number): Kind {
  const kind = numbers.constructor as new (buffer: ArrayBuffer) => Kind;
  return new kind(numbers.buffer.transfer(length * numbers.BYTES_PER_ELEMENT));
}
