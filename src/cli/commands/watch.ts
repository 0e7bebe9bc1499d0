// showstopper watch: a world on one screen, live; plain lines where nobody looks at a terminal.
import type { Command } from 'commander';
import { systemClock } from '../../base/clock.ts';
import { type ClientOptions, clientOptions, withAdmin } from '../admin.ts';
import { print, printError, whenReadNoMore } from '../terminal.ts';
import { FullScreen, paintFor } from '../watch/full-screen.ts';
import { clockPart } from '../watch/happenings.ts';
import { givingBack } from '../watch/leaving.ts';
import { NOTHING_SEEN, type WatchModel } from '../watch/model.ts';
import { factsLine, linkLine, timedLine } from '../watch/plain-line.ts';
import { watchPort } from '../watch/port.ts';
import { drawScreen } from '../watch/screen.ts';
import { type Change, Watching, type WatchOptions } from '../watch/watching.ts';

export function watch(command: Command): void {
  clientOptions(command)
    .addHelpText('after', '\nOn a terminal it is one screen, and Ctrl-C leaves it; elsewhere it is a line a second.')
    .action((options: ClientOptions) => withAdmin(options, (client) => run(options, watchPort(client))));
}

async function run({ json }: ClientOptions, port: WatchOptions['port']): Promise<void> {
  const leaving = new AbortController();
  whenReadNoMore(() => leaving.abort());
  const watchingWith = (show: WatchOptions['show']): Promise<void> =>
    new Watching({ port, clock: systemClock, signal: leaving.signal, show }).run();
  if (json) return watchingWith(asJson);
  if (!process.stdout.isTTY) return watchingWith(asLines());
  let model = NOTHING_SEEN;
  const paint = paintFor(process.stdout);
  const screen = new FullScreen(process.stdout, (size) => drawScreen(model, size, paint));
  const giveBack = givingBack(screen);
  try {
    await watchingWith((now) => {
      model = now;
      screen.open();
      screen.show();
    });
  } finally {
    giveBack();
  }
}

function asJson({ summaries, link }: WatchModel, change: Change): void {
  if (change === 'summary') print(JSON.stringify(summaries.at(-1)));
  if (change === 'link') printError(linkLine(link));
}

/** Seconds without a change after which a line says that there was none. */
const MAX_SILENT_S = 10;

/** A second that is like the one before is not told again, nor a failure that is like another one. */
function asLines(): WatchOptions['show'] {
  let told = '';
  let silentS = 0;
  return (model, change) => {
    if (change === 'link') print(linkLine(model.link));
    const last = model.happenings.at(-1);
    if (change === 'happening' && last && last.times === undefined) print(clockPart(last) + last.text);
    if (change !== 'summary') return;
    const facts = factsLine(model);
    silentS = facts === told ? silentS + 1 : 0;
    if (silentS % MAX_SILENT_S === 0) print(timedLine(model, facts));
    told = facts;
  };
}
