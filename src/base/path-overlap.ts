// Whether any path fits two patterns at once: globs, or templates such as /v1/sessions/{id}.

/** One step of a pattern: a character, or a wildcard that takes what `takes` says. */
interface Token {
  readonly takes: string | typeof WITHIN | typeof ANYTHING;
  /** Any number of times, none included. */
  readonly many: boolean;
}

/** Any character but a slash. */
const WITHIN = Symbol('within');
const ANYTHING = Symbol('anything');

/** What may still be spent on comparing: pairs of places looked at. Patterns that would need more are taken to overlap. */
export interface Effort {
  left: number;
}

/** For one comparison; a document is given more, once for all of it. */
const MAX_STEPS = 5000;
/** Measured at 10 ms, about. */
export const MAX_DOCUMENT_STEPS = 100_000;

const PARAMETER = /^\{[^{}/]*\}/;
const MAX_PARAMETER = 80;

/**
 * Two patterns overlap when there is a path that fits both; where that would take too long to find out, they are taken
 * to. Written here because `refa`, which answers it for all regular expressions, is 1 MB that takes 200 ms to load.
 */
export function patternsOverlap(one: string, other: string, effort: Effort = { left: MAX_STEPS }): boolean {
  if (effort.left <= 0) return true;
  if (differAtStart(one, other)) return false;
  const [a, b] = [tokensOf(one), tokensOf(other)];
  effort.left -= a.length + b.length;
  const width = b.length + 1;
  const seen = new Set<number>([0]);
  const open = [0];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [i, j] = [Math.floor(next / width), next % width];
    if (i === a.length && j === b.length) return true;
    if (effort.left-- <= 0) return true;
    for (const place of after(a, i, b, j)) {
      const key = place[0] * width + place[1];
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(key);
    }
  }
  return false;
}

/** Before the first wildcard of both. */
function differAtStart(one: string, other: string): boolean {
  for (let at = 0; at < one.length && at < other.length; at++) {
    const [x, y] = [one[at], other[at]];
    if (x === '*' || x === '{' || y === '*' || y === '{') return false;
    if (x !== y) return true;
  }
  return false;
}

type Pair = readonly [i: number, j: number];

/** Where both may stand next: past a wildcard that takes nothing more, or past a character that both take. */
function after(a: readonly Token[], i: number, b: readonly Token[], j: number): Pair[] {
  const [x, y] = [a[i], b[j]];
  const places: Pair[] = [];
  if (x?.many) places.push([i + 1, j]);
  if (y?.many) places.push([i, j + 1]);
  if (x && y && shareCharacter(x, y)) places.push([x.many ? i : i + 1, y.many ? j : j + 1]);
  return places;
}

function shareCharacter({ takes: x }: Token, { takes: y }: Token): boolean {
  if (x === ANYTHING || y === ANYTHING) return true;
  if (x === WITHIN) return y !== '/';
  return y === WITHIN ? x !== '/' : x === y;
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; ) {
    const parameter = pattern[at] === '{' ? PARAMETER.exec(pattern.slice(at, at + MAX_PARAMETER))?.[0] : undefined;
    if (parameter !== undefined) {
      tokens.push({ takes: WITHIN, many: false }, { takes: WITHIN, many: true });
      at += parameter.length;
    } else if (pattern[at] === '*') {
      const start = at;
      while (pattern[at] === '*') at++;
      tokens.push({ takes: at - start > 1 ? ANYTHING : WITHIN, many: true });
    } else tokens.push({ takes: pattern[at++] as string, many: false });
  }
  return tokens;
}
