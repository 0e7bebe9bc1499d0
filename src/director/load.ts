// Capacity and crowd of one world as controls: set, turned off, and given back as they were set.
import type { CapacityDriver } from '../capacity/driver.ts';
import { type Forecast, forecast } from '../capacity/forecast.ts';
import type { Observed } from '../capacity/observed.ts';
import { type CapacitySettings, capacityPerS, capacitySettings } from '../capacity/settings.ts';
import { type Crowd, type CrowdObserved, createCrowd } from '../crowd/crowd.ts';
import type { CrowdSettings } from '../crowd/settings.ts';
import type { Pace } from '../scenarios/stage.ts';
import type { CountingTill } from './till.ts';

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
  /** Of the present capacity under the present crowd; null while capacity is off. */
  forecast(): Forecast | null;
  close(): void;
}

interface LoadOptions {
  readonly driver: CapacityDriver;
  /** Of the world as it is now, where a pace has none. */
  seed(): number;
  /** Opens where a crowd of this seed buys; without one, no purchase is real. */
  openTill?(seed: number): CountingTill;
}

export function createLoad({ driver, seed, openTill }: LoadOptions): Load {
  let crowd: Crowd | null = null;
  let till: CountingTill | undefined;
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
      const seedNow = own ?? seed();
      till = openTill?.(seedNow);
      crowd = createCrowd({
        settings,
        work: driver,
        muPerS: capacityPerS(driver.settings ?? capacitySettings.parse({})),
        seed: seedNow,
        nowMs,
        originMs: nowMs - lateMs / speed,
        speed,
        ...(till && { till }),
      });
      detach = driver.attach(crowd);
    },
    observed() {
      if (!crowd) return null;
      const bought = { seatsSold: till?.seatsSold ?? 0, failedPurchases: till?.failed ?? 0 };
      return { ...crowd.observed(driver.nowMs()), ...bought };
    },
    capacityObserved: () => driver.observed(),
    forecast: () => driver.settings && forecast(driver.settings, crowd?.load(driver.nowMs()) ?? []),
    close: dismiss,
  };
}
