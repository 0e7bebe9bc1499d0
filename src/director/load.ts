// Capacity and crowd of one world as controls: set, turned off, and given back as they were set.
import type { CapacityDriver } from '../capacity/driver.ts';
import { type CapacitySettings, capacityPerS, capacitySettings } from '../capacity/settings.ts';
import { type Crowd, type CrowdObserved, createCrowd } from '../crowd/crowd.ts';
import type { Till } from '../crowd/purchases.ts';
import type { CrowdSettings } from '../crowd/settings.ts';
import type { Pace } from '../scenarios/stage.ts';

/** Capacity and crowd of a world; null is off. */
export interface LoadControls {
  capacity(): CapacitySettings | null;
  setCapacity(settings: CapacitySettings | null): void;
  crowd(): CrowdSettings | null;
  /** The curve runs at the pace's speed, and began `lateMs` of story time ago; everybody of the crowd before leaves. */
  setCrowd(settings: CrowdSettings | null, pace: Pace): void;
}

export interface Load extends LoadControls {
  /** Null while there is no crowd. */
  observed(): CrowdObserved | null;
  close(): void;
}

interface LoadOptions {
  readonly driver: CapacityDriver;
  /** Of the world as it is now, where a pace has none. */
  seed(): number;
  /** Without one, no purchase is real. */
  readonly till?: Till;
}

export function createLoad({ driver, seed, till }: LoadOptions): Load {
  let crowd: Crowd | null = null;
  let detach = (): void => {};
  const dismiss = (): void => {
    crowd?.stop();
    detach();
    crowd = null;
  };
  return {
    capacity: () => driver.settings,
    setCapacity: (settings) => driver.set(settings),
    crowd: () => crowd?.settings ?? null,
    setCrowd(settings, { speed, lateMs, seed: own }) {
      dismiss();
      if (settings === null) return;
      const nowMs = driver.nowMs();
      crowd = createCrowd({
        settings,
        work: driver,
        muPerS: capacityPerS(driver.settings ?? capacitySettings.parse({})),
        seed: own ?? seed(),
        nowMs,
        originMs: nowMs - lateMs / speed,
        speed,
        ...(till && { till }),
      });
      detach = driver.attach(crowd);
    },
    observed: () => crowd?.observed(driver.nowMs()) ?? null,
    close: dismiss,
  };
}
