// As many requests as the answers allow, for a time.
import type { ClosedLoop, Timed } from './jobs.ts';
import { type Lane, openLanes } from './lane.ts';
import { Timings } from './timings.ts';

/** For the last answers, which the next server must not have to share the machine with. */
const DRAIN_MS = 1000;

export async function closedLoop({ port, request, connections, rampMs, ms }: ClosedLoop): Promise<Timed> {
  let timings: Timings | undefined;
  let fail: (error: Error) => void = () => {};
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  let waiting = 0;
  let over = false;
  const ended = (lane: Lane): void => {
    timings?.add(performance.now() - lane.sentAt);
    if (over) waiting--;
    else lane.send();
  };
  const lanes = await Promise.race([openLanes(connections, port, request, { ended, failed: fail }), failure]);
  try {
    waiting = lanes.length;
    for (const lane of lanes) lane.send();
    await Promise.race([passed(rampMs), failure]);
    const began = performance.now();
    timings = new Timings();
    await Promise.race([passed(ms), failure]);
    const timed = timings.over(performance.now() - began);
    over = true;
    timings = undefined;
    for (let left = DRAIN_MS; waiting > 0 && left > 0; left -= 5) await passed(5);
    return timed;
  } finally {
    for (const lane of lanes) lane.close();
  }
}

export const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
