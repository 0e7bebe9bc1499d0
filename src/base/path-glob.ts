// Globs on paths, matched without backtracking that could run away: `*` within a segment, `**` across segments.

interface Retry {
  /** Where the pattern goes on after the star. */
  readonly pattern: number;
  /** How much of the text the star has taken so far. */
  text: number;
}

/** Whether the whole path fits the pattern. Only the last star of each sort is ever tried again, so time stays polynomial. */
export function pathFits(pattern: string, path: string): boolean {
  let p = 0;
  let t = 0;
  let star: Retry | undefined;
  let doubleStar: Retry | undefined;
  while (t < path.length || p < pattern.length) {
    if (pattern.startsWith('**', p)) {
      p += 2;
      doubleStar = { pattern: p, text: t };
      star = undefined;
    } else if (pattern[p] === '*') {
      p += 1;
      star = { pattern: p, text: t };
    } else if (t < path.length && pattern[p] === path[t]) {
      p += 1;
      t += 1;
    } else {
      const again: Retry | undefined = star && star.text < path.length && path[star.text] !== '/' ? star : doubleStar;
      if (!again || again.text >= path.length) return false;
      if (again === doubleStar) star = undefined;
      again.text += 1;
      p = again.pattern;
      t = again.text;
    }
  }
  return true;
}
