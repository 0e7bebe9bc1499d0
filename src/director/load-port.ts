// Capacity and crowd of a world, as far as the director may lay its hand on them: a port that the room `world` supplies.
import type { Forecast } from '../capacity/forecast.ts';
import type { Observed } from '../capacity/observed.ts';
import type { CapacitySettings } from '../capacity/settings.ts';
import type { CrowdObserved } from '../crowd/crowd.ts';
import type { CrowdSettings } from '../crowd/settings.ts';
import type { Pace } from '../scenarios/scenario-port.ts';

/** Capacity and crowd of a world; null is off. */
export interface LoadControls {
  capacity(): CapacitySettings | null;
  setCapacity(settings: CapacitySettings | null): void;
  crowd(): CrowdSettings | null;
  /** The curve runs at the pace's speed, and began `lateMs` of story time ago; everybody of the crowd before leaves. */
  setCrowd(settings: CrowdSettings | null, pace: Pace): void;
}

/** What the crowd was seen to do, and what its real purchases came to. */
export interface CrowdSeen extends CrowdObserved {
  readonly seatsSold: number;
  readonly failedPurchases: number;
}

export interface Load extends LoadControls {
  /** Null while there is no crowd. */
  observed(): CrowdSeen | null;
  /** Null while capacity is off. */
  capacityObserved(): Observed | null;
  /** Turned away by its capacities, ever. */
  shed(): number;
  /** Of the present capacity under the present crowd; null while capacity is off. */
  forecast(): Forecast | null;
  close(): void;
}
