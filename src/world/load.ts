// Capacity and crowd of one world as controls: set, turned off, and given back as they were set.
import type { CapacityDriver } from '../capacity/driver.ts';
import { forecast } from '../capacity/forecast.ts';
import { capacityPerS, capacitySettings } from '../capacity/settings.ts';
import { type Crowd, createCrowd } from '../crowd/crowd.ts';
import type { Load } from '../director/load-port.ts';
import type { CountingBuyer } from './crowd-buyer.ts';

interface LoadOptions {
  readonly driver: CapacityDriver;
  /** Of the world as it is now, where a pace has none. */
  seed(): number;
  /** Opens where a crowd of this seed buys; without one, no purchase is real. */
  openTill?(seed: number): CountingBuyer;
}

export function createLoad({ driver, seed, openTill }: LoadOptions): Load {
  let crowd: Crowd | null = null;
  let till: CountingBuyer | undefined;
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
