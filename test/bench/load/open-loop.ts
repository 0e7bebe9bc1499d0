// Requests at a fixed pace, whether or not answers come: what a request waits for is the server's doing, not ours.
import type { OpenLoop, Timed } from './jobs.ts';
import { type Lane, openLanes } from './lane.ts';
import { Timings } from './timings.ts';

export async function openLoop({ port, request, connections, perSecond, ms }: OpenLoop): Promise<Timed> {
  const timings = new Timings();
  let lanes: Lane[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const free: Lane[] = [];
      const listener = {
        began: (lane: Lane) => timings.add(performance.now() - lane.sentAt),
        ended: (lane: Lane) => free.push(lane),
        failed: reject,
      };
      openLanes(connections, port, request, listener).then((opened) => {
        lanes = opened;
        free.push(...opened);
        pace(free, perSecond, ms, resolve, reject);
      }, reject);
    });
    return timings.over(ms);
  } finally {
    for (const lane of lanes) lane.close();
  }
}

/** Sends whatever is due each millisecond; the time of a request runs from its own write, so being late costs nothing. */
function pace(free: Lane[], perSecond: number, ms: number, done: () => void, failed: (error: Error) => void): void {
  const total = Math.floor((perSecond * ms) / 1000);
  const began = performance.now();
  let sent = 0;
  const step = (): void => {
    const due = Math.min(total, Math.floor(((performance.now() - began) * perSecond) / 1000));
    for (; sent < due; sent++) {
      const lane = free.shift();
      if (!lane) {
        failed(new Error('every connection is waiting: the server does not keep up with the pace'));
        return;
      }
      lane.send();
    }
    if (sent < total) setTimeout(step, 1);
    else setTimeout(done, 500);
  };
  step();
}
