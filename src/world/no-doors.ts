// The doors of a world that has none: nothing is reached through them, and whoever needs one is told how to get it.
import type { Doors } from '../director/doors-port.ts';

const NONE = Object.freeze({ open: 0, flood: 0, opened: 0, closed: 0 });
const NOBODY: ReadonlySet<number> = new Set();

export const noDoors = (world: string): Doors => ({
  names: [],
  missing: `the world ${world} has no door of its own, and requests that a path leads into it come over connections of other worlds; PUT /v1/worlds/${world} {"door": true} gives it one`,
  count: 0,
  tally: NONE,
  room: 0,
  notDark: [],
  troubles: [],
  async settled() {},
  livingConnections: () => [],
  reachLiving: async () => NOBODY,
  sever: async () => 0,
});
