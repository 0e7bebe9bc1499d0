// `toHaveReceived` for runners whose `expect` takes matchers.
import type { ReceivedMatch, ReceivedOptions } from './received.ts';
import { verdictOn } from './upstream.ts';

/** Of the fixture `upstream`, as users see them; to be awaited. */
export interface UpstreamMatchers {
  toHaveReceived(match?: ReceivedMatch, options?: ReceivedOptions): Promise<void>;
}

/** `this` of a matcher, in every runner. */
interface MatcherContext {
  readonly isNot?: boolean;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** With `.not` a runner fails what passes, so that a no that is right must not pass. */
export async function toHaveReceived(
  this: MatcherContext,
  upstream: unknown,
  match: ReceivedMatch = {},
  options: ReceivedOptions = {},
): Promise<MatcherResult> {
  const negated = this.isNot === true;
  const { pass, message } = await verdictOn(upstream)(match, options, negated);
  return { pass: negated ? !pass : pass, message: () => message };
}
