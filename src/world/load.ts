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
  /** Who buys real seats for a crowd of this seed; without one, no purchase is real. */
  createBuyer?(seed: number): CountingBuyer;
}

export function createLoad({ driver, seed, createBuyer }: LoadOptions): Load {
  let crowd: Crowd | null = null;
  let buyer: CountingBuyer | undefined;
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
      buyer = createBuyer?.(seedNow);
      crowd = createCrowd({
        settings,
        work: driver,
        muPerS: capacityPerS(driver.settings ?? capacitySettings.parse({})),
        seed: seedNow,
        nowMs,
        originMs: nowMs - lateMs / speed,
        speed,
        ...(buyer && { buyer }),
      });
      detach = driver.attach(crowd);
    },
    observed() {
      if (!crowd) return null;
      const bought = { seatsSold: buyer?.seatsSold ?? 0, failedPurchases: buyer?.failed ?? 0 };
      return { ...crowd.observed(driver.nowMs()), ...bought };
    },
    capacityObserved: () => driver.observed(),
    shed: () => driver.shed,
    forecast: () => driver.settings && forecast(driver.settings, crowd?.load(driver.nowMs()) ?? []),
    close: dismiss,
  };
}
