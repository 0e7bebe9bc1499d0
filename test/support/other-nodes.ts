// Other versions of Node that the package is tried on, where a machine has them: `NODES` holds their paths, with a colon between.

import { execFileSync } from 'node:child_process';
import { complaintAbout } from '../../src/base/node-version.ts';
import { isMissing } from './missing.ts';

export interface OtherNode {
  readonly path: string;
  /** As `22.12.0`. */
  readonly version: string;
}

const given = (process.env.NODES ?? '').split(':').filter((path) => path !== '');
const others: readonly OtherNode[] = given.map((path) => ({
  path,
  version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1),
}));

/** This one, and those that are new enough. */
export const NODES: readonly OtherNode[] = [
  { path: process.execPath, version: process.versions.node },
  ...others.filter(({ version }) => complaintAbout(version) === undefined),
];
export const OLD_NODES: readonly OtherNode[] = others.filter(({ version }) => complaintAbout(version) !== undefined);

const majors = new Set(NODES.map(({ version }) => version.split('.')[0]));
const lacking = [
  ...['22', '26'].filter((major) => !majors.has(major)).map((major) => `Node ${major}`),
  ...(OLD_NODES.length > 0 ? [] : ['one that is too old']),
];
isMissing(
  `the package is to be tried on ${lacking.join(', ')} too: set NODES to their paths, as .ci/run does`,
  lacking.length === 0,
);
