// The list of shipped texts without mistakes, which a server need not read before they are asked for.
import { digestOf } from '../../src/base/digest.ts';
import type { KnownGood } from '../../src/shelf/known-good.ts';
import { parseScenario, parseShipped, type Shipped, shippedProfiles, shippedScenarios } from './shipped.ts';

/** Throws the mistakes of a text that has any. */
export const knownGood = (): KnownGood => ({
  profiles: digests(shippedProfiles(), parseShipped),
  scenarios: digests(shippedScenarios(), parseScenario),
});

const digests = (texts: readonly Shipped[], parse: (text: Shipped) => unknown): Record<string, string> =>
  Object.fromEntries(
    texts.map((shipped) => {
      parse(shipped);
      return [shipped.name, digestOf(shipped.text)];
    }),
  );
