// The scorecards of a world as it is now: its journal, its webhooks and its rules, gathered without keeping anybody waiting, and judged.
import { Refusal } from '../base/refusal.ts';
import type { Director } from '../director/director.ts';
import { webhookAttempts } from '../director/webhooks.ts';
import type { World } from '../director/world-port.ts';
import { survey } from '../journal/survey.ts';
import { Attempts, happenedOf } from '../scorecard/attempts.ts';
import type { ClientScorecard } from '../scorecard/score.ts';
import { Scoring } from '../scorecard/scoring.ts';
import type { Thresholds } from '../scorecard/thresholds.ts';

/** Each may take half a gigabyte for some seconds. */
const MAX_AT_ONCE = 2;

interface Asked {
  /** Null: everybody. */
  readonly client: string | null;
  /** Operations a second. */
  readonly demand: number | null;
}

export class Scorecards {
  readonly #director: Director;
  readonly #thresholds: Thresholds;
  #running = 0;

  constructor(director: Director, thresholds: Thresholds) {
    this.#director = director;
    this.#thresholds = thresholds;
  }

  /** Rejects with a Refusal when too many are asked for at once, or when it is too much to be judged. */
  async of(world: World, asked: Asked): Promise<ClientScorecard[]> {
    if (this.#running >= MAX_AT_ONCE)
      throw new Refusal('too_many_concurrent', `at most ${MAX_AT_ONCE} scorecards may be made at the same time`);
    this.#running++;
    const scoring = new Scoring(world.clock);
    try {
      return await this.#score(world, asked, scoring);
    } catch (error) {
      scoring.abandon();
      throw error;
    } finally {
      this.#running--;
    }
  }

  async #score(world: World, { client, demand }: Asked, scoring: Scoring): Promise<ClientScorecard[]> {
    const { journal, clock, boxOfficeClock } = world;
    const now = clock.now();
    const origin = journal.stats.oldestAt ?? now;
    const isMeant = (entry: { readonly client: string }): boolean => client === null || entry.client === client;
    const attempts = new Attempts(origin);
    await survey(journal.oldestFirst('arrival'), clock, (entry) => {
      if (entry.kind === 'exchange' && isMeant(entry)) scoring.attempt(attempts.of(entry));
      return true;
    });
    await survey(journal.oldestFirst('event'), clock, (entry) => {
      if (isMeant(entry)) scoring.happening({ ...happenedOf(entry, origin), client: entry.client });
      return true;
    });
    const faults = this.#director.faultTimes(world);
    const deliveries = webhookAttempts(world).filter(isMeant);
    return scoring.finish(
      deliveries.map((one) => ({ ...one, at: one.at - origin })),
      {
        ...{ client, demand, thresholds: this.#thresholds },
        ...{ to: now - origin, timeScale: boxOfficeClock.scale, evicted: journal.evictedSinceClear },
        faults: faults.map(({ from, to, clients }) => ({ from: from - origin, to: to - origin, clients })),
      },
    );
  }
}
