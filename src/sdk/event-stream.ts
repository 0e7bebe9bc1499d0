// Server-sent events of the admin API as an async iterator, resumed where a broken connection left off.
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { type AdminAddress, AdminError, AdminUnreachable, refusalOf } from './admin-request.ts';

export interface AdminEvent {
  readonly event: string;
  /** JSON, parsed. */
  readonly data: unknown;
}

/** Tries to come back after a break, one after another without an event between them. */
const MAX_RECONNECTS = 5;

export interface EventsRequest {
  /** Figures by the second, in the place of events one by one. */
  readonly view?: 'summary' | undefined;
}

type Messages = ReadableStream<EventSourceMessage>;

/**
 * Resolves once the server has begun the stream, so that nothing that happens afterwards is missed. The iterator ends
 * when `signal` is aborted; it throws an AdminUnreachable when the server stays away, and tells an event `gap` when it
 * could not say what happened during a break.
 */
export async function openEvents(
  address: AdminAddress,
  signal: AbortSignal,
  { view }: EventsRequest = {},
): Promise<AsyncIterable<AdminEvent>> {
  const open: Open = (lastId) => connect(address, { signal, view, lastId });
  const first = await open(undefined);
  return { [Symbol.asyncIterator]: () => follow(address, signal, { open, first }) };
}

type Open = (lastId: string | undefined) => Promise<Messages>;

async function* follow(
  address: AdminAddress,
  signal: AbortSignal,
  { open, first }: { readonly open: Open; readonly first: Messages },
): AsyncGenerator<AdminEvent, void> {
  let connected: Messages | undefined = first;
  let lastId: string | undefined;
  for (let breaks = 0; !signal.aborted; breaks++) {
    try {
      connected ??= await open(lastId);
      for await (const { id, event, data } of connected) {
        if (event === undefined) continue;
        breaks = 0;
        lastId = id ?? lastId;
        yield { event, data: JSON.parse(data) };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (breaks >= MAX_RECONNECTS || error instanceof AdminError) throw error;
    }
    if (breaks > MAX_RECONNECTS) throw new AdminUnreachable(address.url, 'the stream of events ends again and again');
    connected = undefined;
  }
}

interface Connecting extends EventsRequest {
  readonly signal: AbortSignal;
  readonly lastId: string | undefined;
}

async function connect({ url, token }: AdminAddress, { signal, view, lastId }: Connecting): Promise<Messages> {
  let answer: Response;
  try {
    answer = await fetch(`${url.replace(/\/+$/, '')}/v1/events${view ? `?view=${view}` : ''}`, {
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
  // read at once: a body that nobody reads yet is ended by the collection of garbage
  return answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}
