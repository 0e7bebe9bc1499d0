// What a test may ask of its upstream, and what the worlds of a test server begin with.
import type { WorldBody } from '../admin/contract/worlds.ts';
import type { Options } from '../config.ts';

/** Of the world of one test; what is not given is as in `DEFAULT_WORLD`. */
export interface UpstreamOptions extends Omit<WorldBody, 'by'> {
  /**
   * A world of this name in the place of one of its own, for a shop whose base URL is fixed; `default` is the one without
   * a prefix. Tests in it run one after another; it begins anew with each.
   */
  readonly world?: string;
  /** The seller's key, where the server knows its sellers; unset: derived from the test's title. */
  readonly key?: string;
}

export interface TestOptions extends UpstreamOptions {
  /** Of the server that the tests start in their own process; refused where SHOWSTOPPER_ADMIN_URL names one that runs. */
  readonly server?: Options;
}

/** A fixed seed, so that draws repeat from run to run. */
export const DEFAULT_WORLD = { catalog: 'small', seed: 1 } as const satisfies WorldBody;

/** The body of PUT, without what only the fixture understands. */
export function worldBody({ world: _, key: __, ...body }: UpstreamOptions): WorldBody {
  return { ...DEFAULT_WORLD, ...body };
}
