// Works through thousands of things in slices, each in its own turn of the event loop, so that nothing else is kept waiting.
import { nextTurn } from '../base/turn.ts';

/** As it was when this was loaded, and is again after each cut; of two that overlap, the longer ends with traces again. */
const TRACED = Error.stackTraceLimit;
/** Measured at 15,000: slices of 250 keep the admin listener answering. */
const SLICE = 250;

export async function inSlices<Item>(items: readonly Item[], act: (item: Item) => void): Promise<void> {
  for (let start = 0; start < items.length; start += SLICE) {
    if (start > 0) await nextTurn();
    for (const item of items.slice(start, start + SLICE)) act(item);
  }
}

/**
 * The same for what resets connections. For every request cut off that way node makes an error that nobody sees, and
 * its stack trace costs a quarter of the whole: while this runs, errors have none.
 */
export async function cutInSlices<Item>(items: readonly Item[], cut: (item: Item) => void): Promise<void> {
  Error.stackTraceLimit = 0;
  try {
    await inSlices(items, cut);
  } finally {
    void nextTurn().then(() => {
      Error.stackTraceLimit = TRACED; // the last slice's sockets are closed by then
    });
  }
}
