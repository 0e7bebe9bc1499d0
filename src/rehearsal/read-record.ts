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
  #firstUnreadable = 0;

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
    if (length > 0 && !this.#read(this.#rest))
      troubles.push(`it is cut off in line ${this.#count + 1}, of which ${length} bytes are there`);
    if (this.#unreadable > 0)
      troubles.push(`${this.#unreadable} of its lines cannot be read, the first of them line ${this.#firstUnreadable}`);
    return this.#gathered.all(troubles);
  }

  #line(bytes: Buffer): void {
    this.#count++;
    if (this.#read(bytes)) return;
    if (this.#unreadable++ === 0) this.#firstUnreadable = this.#count;
  }

  #read(bytes: Buffer): boolean {
    if (bytes.length > MAX_LINE_BYTES) return false;
    try {
      const line: unknown = JSON.parse(bytes.toString('utf8'));
      return typeof line === 'object' && line !== null && this.#gathered.take(line);
    } catch {
      return false;
    }
  }
}
