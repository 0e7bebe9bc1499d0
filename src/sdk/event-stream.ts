// Server-sent events of the admin API as an async iterator, resumed where a broken connection left off.
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import type { EventData } from '../admin/contract/events.ts';
import type { AdminAddress } from './admin-request.ts';
import { AdminError, AdminUnreachable, detailOf, refusalOf } from './errors.ts';
import { pause } from './pause.ts';

/** What this client says itself of a stream. */
interface OfStream {
  /** What happened during a break could not be told. */
  gap: { readonly lastId: number };
  /** The server let go of a reader that was too slow. */
  dropped: { readonly reason: string; readonly waitingBytes: number };
  /** In the place of an event whose data is no JSON. */
  unreadable: { readonly event: string };
}

type Data = EventData & OfStream;

/** `event` tells what `data` is; a newer server may tell events that stand here not yet. */
export type AdminEvent = { [Name in keyof Data]: { readonly event: Name; readonly data: Data[Name] } }[keyof Data];

export interface EventsOptions {
  /** Figures by the second and samples, in the place of every exchange. */
  readonly view?: 'summary';
}

/** Tries to come back after a break, one after another without an event between them. */
const MAX_RECONNECTS = 5;
/** Before the first try; twice as long before each that follows, up to the longest. */
const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 2000;

type Messages = ReadableStream<EventSourceMessage>;

/**
 * Resolves once the server has begun the stream, so that nothing that happens afterwards is missed. The iterator ends
 * when `signal` is aborted, or its reader leaves it, and throws an AdminUnreachable when the server stays away.
 */
export async function openEvents(
  address: AdminAddress,
  signal: AbortSignal = new AbortController().signal,
  { view }: EventsOptions = {},
): Promise<AsyncIterable<AdminEvent>> {
  const open = (lastId?: string): Promise<Messages> => connect(address, signal, { view, lastId });
  const first = await open();
  return { [Symbol.asyncIterator]: () => follow(address, signal, first, open) };
}

async function* follow(
  address: AdminAddress,
  signal: AbortSignal,
  first: Messages,
  open: (lastId?: string) => Promise<Messages>,
): AsyncGenerator<AdminEvent, void> {
  let connected: Messages | undefined = first;
  let lastId: string | undefined;
  for (let breaks = 0; !signal.aborted; breaks++) {
    try {
      connected ??= await open(lastId);
      for await (const { id, event, data } of connected) {
        if (event === undefined) continue;
        if (event !== 'dropped') breaks = 0; // who is dropped at once each time must not ask for ever
        lastId = id ?? lastId;
        yield eventOf(event, data);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof AdminError) throw error;
      if (breaks >= MAX_RECONNECTS) throw unreachable(address, error);
    }
    if (breaks > MAX_RECONNECTS) throw new AdminUnreachable(address.url, 'the stream of events ends again and again');
    connected = undefined;
    await pause(waitMsBefore(breaks), signal);
  }
}

const unreachable = ({ url }: AdminAddress, error: unknown): AdminUnreachable =>
  error instanceof AdminUnreachable ? error : new AdminUnreachable(url, detailOf(error), error);

/** A try after so many breaks without an event between them, before the last one. */
export const waitMsBefore = (breaks: number): number => Math.min(FIRST_WAIT_MS * 2 ** breaks, MAX_WAIT_MS);

function eventOf(event: string, data: string): AdminEvent {
  try {
    return { event, data: JSON.parse(data) } as AdminEvent;
  } catch {
    return { event: 'unreadable', data: { event } };
  }
}

async function connect(
  { url, token }: AdminAddress,
  signal: AbortSignal,
  { view, lastId }: EventsOptions & { readonly lastId: string | undefined },
): Promise<Messages> {
  let answer: Response;
  try {
    answer = await fetch(`${url.replace(/\/+$/, '')}/v1/events${view === undefined ? '' : `?view=${view}`}`, {
      headers: {
        accept: 'text/event-stream',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      },
      signal,
    });
  } catch (error) {
    throw unreachable({ url }, error);
  }
  if (!answer.ok || !answer.body)
    throw refusalOf({
      url,
      status: answer.status,
      text: await answer.text(),
      server: answer.headers.get('server'),
    });
  const type = answer.headers.get('content-type') ?? 'nothing';
  if (!type.startsWith('text/event-stream')) {
    await answer.body.cancel();
    throw new AdminUnreachable(
      url,
      `it answers with ${type} where a stream of events should be; is this the admin listener?`,
    );
  }
  // read at once: a body that nobody reads yet is ended by the collection of garbage
  return answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}
