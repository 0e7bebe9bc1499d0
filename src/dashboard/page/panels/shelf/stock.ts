// All that the shelf is shown from.
import type { Kind, ProfileLine } from '../../../../admin/contract/contract.ts';
import type { ScenarioLine } from '../../../../admin/contract/playback.ts';
import type { Targets } from '../../../../admin/contract/targets.ts';

export interface Stock {
  readonly kinds: readonly Kind[];
  readonly targets: Targets;
  readonly profiles: readonly ProfileLine[];
  readonly scenarios: readonly ScenarioLine[];
}
