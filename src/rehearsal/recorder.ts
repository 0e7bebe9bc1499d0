// Writes down what happens in a world while a rehearsal runs there: entries as they close, events, actions, rules, samples.
import { nextTurn } from '../base/turn.ts';
import type { Director } from '../director/director.ts';
import { auditInvariants } from '../director/invariants.ts';
import { webhookAttempts } from '../director/webhooks.ts';
import type { World } from '../director/world-port.ts';
import type { ArrivalEntry } from '../journal/entry.ts';
import { survey } from '../journal/survey.ts';
import { ArmedTexts } from './armed-texts.ts';
import { type BooksAudited, entryLine, type RecordedRule } from './record-line.ts';
import type { RecordLog } from './record-log.ts';
import type { Sampler } from './sampler.ts';

interface RecorderOptions {
  /** The scenario that will be played. */
  readonly scenario: string | null;
  readonly world: World;
  readonly director: Director;
  readonly log: RecordLog;
  readonly sampler: Sampler;
}

/** Written down in one turn of the event loop, of what was put off. */
const SLICE = 250;

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #feeds: readonly (() => void)[];
  readonly #texts: ArmedTexts;
  #inForce: ReadonlyMap<string, RecordedRule>;
  /** Set while entries are put off. */
  #putOff: ArrivalEntry[] | undefined;
  /** Set while what is still open is written down. */
  #ending: { readonly at: number; readonly written: Set<ArrivalEntry>; missing: number } | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { world, director, log, sampler, scenario } = options;
    this.#texts = new ArmedTexts(options);
    if (scenario !== null) this.#texts.scenario(scenario);
    this.#texts.look();
    this.#inForce = rulesOf(world);
    this.#feeds = [
      world.journal.closed.subscribe((entry) => {
        sampler.take(entry);
        this.#closed(entry);
      }),
      world.journal.told.subscribe((event) => log.addText(entryLine(event), 'mass')),
      director.changed.subscribe((action) => {
        if (action.world !== world.name) return;
        log.add({ type: 'action', ...action }, 'mass');
        this.#texts.look();
      }),
      world.engine.changed.subscribe(() => this.#rulesChanged()),
    ];
  }

  /** Thousands of requests end at once when all is healed: what is written down of them must not hold up the others. */
  putOff(): void {
    this.#putOff ??= [];
  }

  /** Resolves when all that was put off is written down, and nothing is any more. */
  async catchUp(): Promise<void> {
    const { log } = this.#options;
    while (this.#putOff && this.#putOff.length > 0) {
      for (const entry of this.#putOff.splice(0, SLICE)) log.addText(entryLine(entry), 'mass');
      await nextTurn();
    }
    this.#putOff = undefined;
  }

  /** What is still open, what became of webhooks, and whether the books are in order; then nothing is written down any more. */
  async end(): Promise<void> {
    const { world, log } = this.#options;
    await this.catchUp();
    await this.#open();
    for (const stop of this.#feeds) stop();
    for (const delivery of webhookAttempts(world)) log.add({ type: 'delivery', ...delivery }, 'mass');
    log.add({ type: 'audit', ...(await booksOf(world)) });
  }

  #closed(entry: ArrivalEntry): void {
    const ending = this.#ending;
    if (ending && (ending.written.has(entry) || entry.at > ending.at)) return;
    if (ending && entry.kind === 'exchange') ending.missing--;
    if (this.#putOff) this.#putOff.push(entry);
    else this.#options.log.addText(entryLine(entry), 'mass');
  }

  /** What is still open now; some of it may have left the journal, and some may end meanwhile. */
  async #open(): Promise<void> {
    const { world, log } = this.#options;
    const ending = { at: world.clock.now(), written: new Set<ArrivalEntry>(), missing: world.journal.stats.open };
    this.#ending = ending;
    await survey(world.journal.newestFirst('arrival'), world.clock, (entry) => {
      if (entry.kind !== 'exchange' || entry.ended !== null) return true;
      ending.written.add(entry);
      ending.missing--;
      log.addText(entryLine(entry), 'mass');
      return true;
    });
    const { missing: count } = ending;
    if (count > 0) log.add({ type: 'dropped', at: world.clock.now(), count, noRoom: 'journal' });
  }

  #rulesChanged(): void {
    const { world, log } = this.#options;
    const now = rulesOf(world);
    const begun = [...now.values()].filter(({ id }) => !this.#inForce.has(id));
    const ended = [...this.#inForce.keys()].filter((id) => !now.has(id));
    this.#inForce = now;
    if (begun.length + ended.length > 0) log.add({ type: 'rules', at: world.clock.now(), begun, ended });
  }
}

async function booksOf(world: World): Promise<BooksAudited> {
  const { breaches, counts } = await auditInvariants(world);
  return {
    at: world.clock.now(),
    count: [...counts.values()].reduce((sum, count) => sum + count, 0),
    breaches: breaches.map(({ breach: { rule, detail, orders }, requests }) => ({
      ...{ rule, detail, orders },
      requests: requests.map(({ requestId }) => requestId),
    })),
  };
}

/** Those that may strike anything, by their ids. */
export const rulesOf = ({ engine }: World): ReadonlyMap<string, RecordedRule> =>
  new Map(
    engine.rules
      .filter(({ maxShare }) => maxShare > 0)
      .map(({ id, fault, activation, clientsNamed: clients, maxShare: share }) => [
        id,
        { id, fault: fault.name, activation, clients, share },
      ]),
  );
