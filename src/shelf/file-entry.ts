// One name of a section, with its document: read already, or, where its text is known to be good, when somebody asks for it.
import { type PlacedMistake, showMistake } from '../base/document.ts';

export type FileSource = 'shipped' | 'folder';

/** Without `item` its file was never good. */
export interface FileEntry<Item> {
  readonly name: string;
  readonly source: FileSource;
  /** There is an item; costs nothing to ask, while an item may be read when it is first asked for. */
  readonly usable: boolean;
  readonly item?: Item | undefined;
  /** What is wrong with the newest file, while the last good one stays in its place. */
  readonly mistakes: readonly PlacedMistake[];
  /** The newest file, when it could be read and has mistakes. */
  readonly badText?: string | undefined;
}

/** A file that could be read, before anybody knows what it says. */
export interface FileText {
  readonly name: string;
  readonly source: FileSource;
  readonly file: string;
  readonly text: string;
}

export type FileRead<Item> = { readonly item: Item } | { readonly mistakes: readonly PlacedMistake[] };

/** Its text is known to be good. */
export class UnreadEntry<Item> implements FileEntry<Item> {
  readonly name: string;
  readonly source: FileSource;
  readonly usable = true;
  readonly mistakes = [];
  readonly #read: () => FileRead<Item>;
  #item: Item | undefined;

  constructor(found: FileText, read: (found: FileText) => FileRead<Item>) {
    this.name = found.name;
    this.source = found.source;
    this.#read = () => read(found);
  }

  get isUnread(): boolean {
    return this.#item === undefined;
  }

  /** Reads it now, when nobody has before. */
  get item(): Item {
    this.#item ??= this.#good();
    return this.#item;
  }

  #good(): Item {
    const read = this.#read();
    if ('item' in read) return read.item;
    throw new Error(`known to be good, and has mistakes:\n${read.mistakes.map(showMistake).join('\n')}`);
  }
}
