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

/** Pairs of places looked at; patterns that need more are taken to overlap. */
const MAX_STEPS = 4000;

const PARAMETER = /^\{[^{}/]*\}/;

/** Two patterns overlap when there is a path that fits both; where that would take too long to find out, they are taken to. */
export function patternsOverlap(one: string, other: string): boolean {
  const [a, b] = [tokensOf(one), tokensOf(other)];
  const width = b.length + 1;
  const seen = new Set<number>([0]);
  const open = [0];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [i, j] = [Math.floor(next / width), next % width];
    if (i === a.length && j === b.length) return true;
    if (seen.size > MAX_STEPS) return true;
    for (const place of after(a, i, b, j)) {
      const key = place[0] * width + place[1];
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(key);
    }
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
    const parameter = PARAMETER.exec(pattern.slice(at, at + 80))?.[0];
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
