// Reads the record of a rehearsal again, also one that was cut off in mid-line: what is there counts, and what is missing is told.
import { Gathered, type RecordRead, type RecordVisitor } from './gathered.ts';

/** No line of ours is longer; a longer one cannot be read. */
const MAX_LINE_BYTES = 4_194_304;
const NEWLINE = 0x0a;
const NOTHING: Buffer = Buffer.alloc(0);

/** Never rejects for what is in it; entries go to the visitor, of which there may be millions. */
export async function readRecord(chunks: AsyncIterable<Buffer>, visitor: RecordVisitor = {}): Promise<RecordRead> {
  const lines = new Lines(new Gathered(visitor));
  for await (const chunk of chunks) lines.take(chunk);
  return lines.end();
}

class Lines {
  readonly #gathered: Gathered;
  #rest = NOTHING;
  #count = 0;
  #unreadable = 0;
  /** Of the first of them. */
  #unreadableWords = '';

  constructor(gathered: Gathered) {
    this.#gathered = gathered;
  }

  take(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const piece = chunk.subarray(from, end);
      this.#line(this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece);
      this.#rest = NOTHING;
      from = end + 1;
    }
    if (this.#rest.length <= MAX_LINE_BYTES) this.#rest = Buffer.concat([this.#rest, chunk.subarray(from)]);
  }

  end(): RecordRead {
    const troubles: string[] = [];
    const length = this.#rest.length;
    // a whole object is a whole line: no beginning of one can be read as JSON
    if (length > 0 && this.#read(this.#rest) !== undefined)
      troubles.push(`it is cut off in line ${this.#count + 1}, of which ${length} bytes are there`);
    if (this.#unreadable > 0)
      troubles.push(
        this.#unreadable === 1
          ? `one of its lines cannot be read: ${this.#unreadableWords}`
          : `${this.#unreadable} of its lines cannot be read; the first of them: ${this.#unreadableWords}`,
      );
    return this.#gathered.all(troubles);
  }

  #line(bytes: Buffer): void {
    this.#count++;
    const wrong = this.#read(bytes);
    if (wrong !== undefined && this.#unreadable++ === 0) this.#unreadableWords = `line ${this.#count} ${wrong}`;
  }

  /** Gives why it cannot be read. */
  #read(bytes: Buffer): string | undefined {
    if (bytes.length > MAX_LINE_BYTES) return `has more than ${MAX_LINE_BYTES} bytes`;
    const text = bytes.toString('utf8');
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      return wrongJson(text.trim());
    }
    const isTaken = typeof line === 'object' && line !== null && this.#gathered.take(line);
    return isTaken ? undefined : 'is JSON, but no line of a record';
  }
}

function wrongJson(text: string): string {
  if (text === '') return 'is empty';
  return text.startsWith('{') && !text.endsWith('}') ? 'is cut off' : 'is not JSON';
}
