// Which language a page is written in: the best one for a weighted Accept-Language, and English where none fits.

/** In the order of preference where a reader has none. */
export const LANGUAGES = ['en', 'fa', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

const FALLBACK: Language = 'en';
/** Of a header; a browser sends no more than a dozen. */
const MAX_RANGES = 100;

/** RFC 9110, 12.5.4, with the weight of 12.4.2: from 0 to 1, with three decimals at most. */
const RANGE = /^(\*|[a-z]{1,8}(?:-[a-z\d]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

interface Range {
  /** In lower case. */
  readonly tag: string;
  /** 0 refuses. */
  readonly weight: number;
}

/** Malformed ranges are passed over. Of languages that weigh the same, the one that is named first wins. */
export function chooseLanguage(header: string | undefined): Language {
  const ranges = (header ?? '').split(',', MAX_RANGES).flatMap(rangeOf);
  let best: Range & { readonly language: Language; readonly at: number } = {
    tag: '',
    weight: 0,
    language: FALLBACK,
    at: 0,
  };
  for (const language of LANGUAGES) {
    const at = placeFor(language, ranges);
    const range = ranges[at];
    if (range && (range.weight > best.weight || (range.weight === best.weight && range.weight > 0 && at < best.at)))
      best = { ...range, language, at };
  }
  return best.language;
}

/** Where the range stands that says most of this language: its own name, else a dialect of it, else `*`; -1 for none. */
function placeFor(language: Language, ranges: readonly Range[]): number {
  const own = heaviest(ranges, ({ tag }) => tag === language);
  if (own >= 0) return own;
  const dialect = heaviest(ranges, ({ tag }) => tag.startsWith(`${language}-`));
  return dialect >= 0 ? dialect : heaviest(ranges, ({ tag }) => tag === '*');
}

function heaviest(ranges: readonly Range[], fits: (range: Range) => boolean): number {
  let best = -1;
  ranges.forEach((range, at) => {
    if (fits(range) && (best < 0 || range.weight > (ranges[best]?.weight ?? 0))) best = at;
  });
  return best;
}

function rangeOf(text: string): Range[] {
  const parts = RANGE.exec(text.trim());
  return parts?.[1] === undefined ? [] : [{ tag: parts[1].toLowerCase(), weight: Number(parts[2] ?? 1) }];
}
