// Globs on paths: `*` within a segment, `**` across segments; matched in time linear in the path, whatever the pattern.

/** Longest glob that is taken, in characters: with it, a step costs a bounded number of machine words. */
export const MAX_GLOB_LENGTH = 200;

const BITS = 32;
const SLASH = 0x2f;

/**
 * The pattern as a nondeterministic automaton, all its states advanced at once for each character of the path
 * (Baeza-Yates and Gonnet, "A new approach to text searching", 1992). Written here because Node's `path.matchesGlob`, its
 * URLPattern and the glob libraries of npm (picomatch, wildcard-match, zeptomatch) compile to regular expressions that
 * backtrack: six stars on a path of 120 characters take the first two 50 s. V8's linear engine stands behind a flag of
 * the process, and `re2js`, which is linear, is 900 kB for two wildcards.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const { literals, stars } = tokensOf(pattern);
  const [prefix = ''] = literals;
  if (stars.length === 0) return (path) => path === prefix;
  const suffix = literals.at(-1) ?? '';
  const automaton = new Automaton(literals, stars);
  return (path) =>
    path.length >= prefix.length + suffix.length &&
    path.startsWith(prefix) &&
    path.endsWith(suffix) &&
    automaton.accepts(path);
}

/** Whether the whole path fits the pattern; one that is asked about often is better compiled once. */
export const pathFits = (pattern: string, path: string): boolean => compileGlob(pattern)(path);

interface Tokens {
  /** What stands before, between and behind the stars: one more than there are stars. */
  readonly literals: readonly string[];
  /** Whether each star crosses segments. */
  readonly stars: readonly boolean[];
}

/** Stars side by side are one; it crosses segments if there are two or more of them. */
function tokensOf(pattern: string): Tokens {
  const parts = pattern.split(/(\*+)/);
  return {
    literals: parts.filter((_, index) => index % 2 === 0),
    stars: parts.filter((_, index) => index % 2 === 1).map((star) => star.length > 1),
  };
}

/** Bit i of the state says that the path so far can be followed by what begins at place i of the pattern. */
class Automaton {
  readonly #words: number;
  readonly #accepting: number;
  /** Places of a character, by its code. */
  readonly #places = new Map<number, Int32Array>();
  /** Places that are stars. */
  readonly #stars: Int32Array;
  readonly #crossing: Int32Array;
  readonly #nowhere: Int32Array;

  constructor(literals: readonly string[], stars: readonly boolean[]) {
    const length = literals.reduce((sum, literal) => sum + literal.length, stars.length);
    this.#accepting = length;
    this.#words = Math.floor(length / BITS) + 1;
    this.#stars = new Int32Array(this.#words);
    this.#crossing = new Int32Array(this.#words);
    this.#nowhere = new Int32Array(this.#words);
    let place = 0;
    for (const [index, literal] of literals.entries()) {
      for (let i = 0; i < literal.length; i++) mark(this.#placesOf(literal.charCodeAt(i)), place++);
      if (index === stars.length) break;
      mark(this.#stars, place);
      if (stars[index]) mark(this.#crossing, place);
      place++;
    }
  }

  accepts(path: string): boolean {
    const state = new Int32Array(this.#words);
    mark(state, 0);
    this.#passStars(state);
    for (let i = 0; i < path.length; i++) if (!this.#step(state, path.charCodeAt(i))) return false;
    return ((state[this.#accepting >>> 5] as number) & (1 << (this.#accepting & 31))) !== 0;
  }

  /** False once nothing can follow any more. */
  #step(state: Int32Array, code: number): boolean {
    const places = this.#places.get(code) ?? this.#nowhere;
    const staying = code === SLASH ? this.#crossing : this.#stars;
    let carry = 0;
    let alive = 0;
    for (let w = 0; w < this.#words; w++) {
      const before = state[w] as number;
      const moved = before & (places[w] as number);
      const next = (moved << 1) | carry | (before & (staying[w] as number));
      carry = moved >>> 31;
      state[w] = next;
      alive |= next;
    }
    this.#passStars(state);
    return alive !== 0;
  }

  /** A star may stand for nothing at all. */
  #passStars(state: Int32Array): void {
    let carry = 0;
    for (let w = 0; w < this.#words; w++) {
      const at = (state[w] as number) & (this.#stars[w] as number);
      state[w] = (state[w] as number) | (at << 1) | carry;
      carry = at >>> 31;
    }
  }

  #placesOf(code: number): Int32Array {
    let places = this.#places.get(code);
    if (!places) {
      places = new Int32Array(this.#words);
      this.#places.set(code, places);
    }
    return places;
  }
}

function mark(places: Int32Array, place: number): void {
  places[place >>> 5] = (places[place >>> 5] as number) | (1 << (place & 31));
}
