// The words of every language that pages are written in.
import type { Language } from '../language.ts';
import { ENGLISH } from './en.ts';
import { PERSIAN } from './fa.ts';
import { JAPANESE } from './ja.ts';
import type { Words } from './words.ts';

export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, fa: PERSIAN, ja: JAPANESE };
