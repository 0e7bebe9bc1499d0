// Server-sent events of the admin API as an async iterator, resumed where a broken connection left off.
import { type AdminAddress, AdminError, AdminUnreachable, refusalOf } from './admin-request.ts';

export interface AdminEvent {
  readonly event: string;
  /** JSON, parsed. */
  readonly data: unknown;
}

/** Tries to come back after a break, one after another without an event between them. */
const MAX_RECONNECTS = 5;

interface Connected {
  readonly lines: AsyncIterator<string>;
}

/**
 * Resolves once the server has begun the stream, so that nothing that happens afterwards is missed. The iterator ends
 * when `signal` is aborted; it throws an AdminUnreachable when the server stays away, and tells an event `gap` when it
 * could not say what happened during a break.
 */
export async function openEvents(address: AdminAddress, signal: AbortSignal): Promise<AsyncIterable<AdminEvent>> {
  const first = await connect(address, signal, undefined);
  return { [Symbol.asyncIterator]: () => follow(address, signal, first) };
}

async function* follow(address: AdminAddress, signal: AbortSignal, first: Connected): AsyncGenerator<AdminEvent, void> {
  let connected: Connected | undefined = first;
  let lastId: string | undefined;
  for (let breaks = 0; !signal.aborted; breaks++) {
    try {
      connected ??= await connect(address, signal, lastId);
      for await (const { id, event, data } of eventsOf(connected.lines)) {
        breaks = 0;
        lastId = id ?? lastId;
        yield { event, data };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (breaks >= MAX_RECONNECTS || error instanceof AdminError) throw error;
    }
    if (breaks > MAX_RECONNECTS) throw new AdminUnreachable(address.url, 'the stream of events ends again and again');
    connected = undefined;
  }
}

async function connect(
  { url, token }: AdminAddress,
  signal: AbortSignal,
  lastId: string | undefined,
): Promise<Connected> {
  let answer: Response;
  try {
    answer = await fetch(`${url.replace(/\/+$/, '')}/v1/events`, {
      headers: {
        accept: 'text/event-stream',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      },
      signal,
    });
  } catch (error) {
    throw new AdminUnreachable(url, (error as Error).message, error);
  }
  if (!answer.ok || !answer.body) throw refusalOf(url, answer.status, await answer.text());
  const text = answer.body.pipeThrough(new TextDecoderStream()); // at once: a body that nobody reads yet is ended by the collection of garbage
  return { lines: linesOf(text) };
}

async function* linesOf(text: ReadableStream<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

interface Parsed extends AdminEvent {
  readonly id: string | undefined;
}

/** As the server writes them: `id`, `event` and one line of `data`, then an empty line. */
async function* eventsOf(lines: AsyncIterator<string>): AsyncGenerator<Parsed, void> {
  let fields: Record<string, string> = {};
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = next.value;
    const colon = line.indexOf(': ');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2);
    if (line !== '') continue;
    const { id, event, data } = fields;
    fields = {};
    if (event !== undefined && data !== undefined) yield { id, event, data: JSON.parse(data) };
  }
}
