// The screen of a watch beside a command that follows something of its own: what that says is among the events, and stays when it ends.
import type { Playback } from '../../admin/contract/playback.ts';
import { systemClock } from '../../base/clock.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import type { ToldEvent } from '../told-event.ts';
import { FullScreen, paintFor } from './full-screen.ts';
import { givingBack } from './leaving.ts';
import { NOTHING_SEEN, withHappening } from './model.ts';
import { watchPort } from './port.ts';
import { drawScreen } from './screen.ts';
import { Watching, type WatchOptions } from './watching.ts';

export interface Beside {
  say(line: string): void;
  /** Shown in the place of the story that the stream tells, which withholds hidden ones. */
  story(playback: Playback): void;
  /** Gives the terminal back, and what was said. */
  close(): readonly string[];
}

export interface BesideOptions {
  /** Unset: Ctrl-C ends the command. */
  readonly onInterrupt?: () => void;
  /** Whether the command says cues itself, which are not told twice. */
  readonly tellsCues: boolean;
}

/** Undefined where nobody looks, or the server has no such stream: then lines are all there is. */
export async function watchBeside(client: AdminClient, options: BesideOptions): Promise<Beside | undefined> {
  if (!process.stdout.isTTY) return undefined;
  const leaving = new AbortController();
  const first = await watchPort(client)
    .events(leaving.signal)
    .catch(() => undefined);
  if (!first) return undefined;
  const port = beginningWith(first, watchPort(client), options);
  const said: string[] = [];
  let model = NOTHING_SEEN;
  const paint = paintFor(process.stdout);
  const screen = new FullScreen(process.stdout, (size) => drawScreen(model, size, paint));
  const giveBack = givingBack(screen, options.onInterrupt);
  const watching = new Watching({
    ...{ port, clock: systemClock, signal: leaving.signal },
    show: (now) => {
      model = now;
      screen.show();
    },
  });
  screen.open();
  void watching.run().catch(() => undefined); // the command that is followed says what is wrong
  return {
    say(line) {
      said.push(line);
      const at = new Date(systemClock.now()).toISOString();
      watching.change((now) => withHappening(now, { at, text: line, tone: 'head' }));
    },
    story: (playback) => watching.change((now) => ({ ...now, playback })),
    close() {
      leaving.abort();
      giveBack();
      return said;
    },
  };
}

type Port = WatchOptions['port'];
type Events = AsyncIterable<ToldEvent>;

/** The stream that is there already, and a new one after it. */
function beginningWith(first: Events, port: Port, { tellsCues }: BesideOptions): Port {
  let unread: Events | undefined = first;
  return {
    ...port,
    async events(signal) {
      const events = unread ?? (await port.events(signal));
      unread = undefined;
      return tellsCues ? withoutCues(events) : events;
    },
  };
}

async function* withoutCues(events: Events): AsyncGenerator<ToldEvent, void> {
  for await (const event of events) if (event.event !== 'cue') yield event;
}
