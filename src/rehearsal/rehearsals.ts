// The rehearsals of a process: at most one runs in each world, those that have ended can be read again, also after a restart.
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { Caller } from '../director/actions.ts';
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { Worlds } from '../director/worlds-port.ts';
import type { Thresholds } from '../scorecard/thresholds.ts';
import type { Breach } from './abort-watch.ts';
import { createRecord, pathOf, REHEARSAL_ID, recordChunks } from './data-folder.ts';
import type { Probing } from './front-door.ts';
import { judgeRecord } from './judging.ts';
import { readRecord } from './read-record.ts';
import type { ReconciliationMade } from './reconciliation.ts';
import { Reconciliations } from './reconciliations.ts';
import type { Note } from './record-line.ts';
import { RecordLog } from './record-log.ts';
import { Records } from './records.ts';
import { Rehearsal } from './rehearsal.ts';
import { rehearsalId, unknownRehearsal } from './rehearsal-id.ts';
import { reportFrom } from './report/from-record.ts';
import type { Report } from './report/report.ts';
import type { Vitals } from './sampler.ts';
import { type RehearsalSeen, seenOf } from './seen.ts';
import { type Asked, headerOf, PlanReader } from './starting.ts';
import { lineOf, type RehearsalLine, type RehearsalState, stateOf, stateRead } from './state.ts';

/** Ended ones whose record is in memory only; the oldest makes room. */
const MAX_IN_MEMORY = 4;
/** Ended ones that need not be read from their files. */
const MAX_KNOWN = 100;

export interface RehearsalsOptions {
  readonly director: Director;
  readonly worlds: Pick<Worlds, 'use' | 'closed'>;
  readonly clock: Clock;
  readonly version: string;
  /** Where records are kept; undefined: in memory. */
  readonly folder: string | undefined;
  readonly thresholds: Thresholds;
  readonly outbound: Probing;
  /** Watches this server until it is stopped. */
  watchVitals(): Vitals & { stop(): void };
  /** Eight digits. */
  randomHex(): string;
  readonly failed?: (error: unknown) => void;
}

/** One that runs or has ended here. */
interface Known {
  readonly rehearsal: Rehearsal;
  readonly log: RecordLog;
}

export class Rehearsals {
  /** Something of one has changed. */
  readonly changed: Topic<RehearsalState>;
  readonly #options: RehearsalsOptions;
  readonly #reader: PlanReader;
  readonly #records: Records | undefined;
  readonly #reconciliations: Reconciliations;
  readonly #known = new Map<string, Known>();
  /** Worlds in which one is about to begin. */
  readonly #beginning = new Set<World>();

  constructor(options: RehearsalsOptions) {
    this.#options = options;
    this.#reader = new PlanReader(options);
    this.#records = options.folder === undefined ? undefined : new Records(options.folder);
    this.#reconciliations = new Reconciliations(options);
    this.changed = createTopic(options.failed);
    options.worlds.closed.subscribe(
      (world) => void this.#running(world)?.interrupt(`the world ${world.name} has ended`),
    );
  }

  /** Throws a Refusal for a file with mistakes, while another runs in the world, and where nothing can be recorded. */
  async start(world: World, asked: Asked, caller: Caller): Promise<RehearsalState> {
    const running = this.#running(world);
    if (running || this.#beginning.has(world))
      throw new Refusal(
        'conflict',
        `rehearsal ${running?.id ?? 'another'} runs in the world ${world.name}; finish or abort it first`,
      );
    this.#beginning.add(world);
    try {
      return stateOf(await this.#begin(world, asked, caller));
    } finally {
      this.#beginning.delete(world);
    }
  }

  /** Those that have not ended, in all worlds. */
  get running(): readonly Rehearsal[] {
    return [...this.#known.values()].map(({ rehearsal }) => rehearsal).filter(({ finish }) => !finish);
  }

  /** Those of the world, the newest first. */
  async list(world: World): Promise<RehearsalLine[]> {
    const onDisk = (await this.#records?.list((id) => this.#known.has(id))) ?? [];
    const here = [...this.#known.values()].map(({ rehearsal }) => lineOf(stateOf(rehearsal)));
    const byId = new Map([...onDisk, ...here].map((line) => [line.id, line])); // one may have begun or been let go meanwhile
    return [...byId.values()].filter((one) => one.world === world.name).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** `current` is the one that runs in the world; throws a Refusal where there is none. */
  async get(world: World, id: string): Promise<RehearsalState> {
    const known = this.#find(world, id);
    if (known) return stateOf(known.rehearsal);
    const { chunks, file } = this.#recordOf(world, id);
    const read = await readRecord(chunks()).catch(() => undefined);
    const state = read && stateRead(read, file);
    if (state?.world !== world.name) throw unknownRehearsal(world.name, id);
    if (state.result !== null) return state;
    const result = await judgeRecord(chunks, read as NonNullable<typeof read>, this.#options);
    return { ...state, result };
  }

  /** Its record from the beginning, each time that it is asked for. */
  async record(world: World, id: string): Promise<() => AsyncIterable<Buffer>> {
    const known = this.#find(world, id);
    if (known) return () => known.log.chunks();
    await this.get(world, id);
    return this.#recordOf(world, id).chunks;
  }

  /** Of one that has ended; throws a Refusal while it runs. */
  async report(world: World, id: string): Promise<Report> {
    const rehearsal = this.#find(world, id)?.rehearsal;
    if (rehearsal && !rehearsal.finish)
      throw new Refusal('conflict', `rehearsal ${rehearsal.id} runs still, and is reported when it has ended`);
    await rehearsal?.over;
    return reportFrom(await this.record(world, id), this.#options);
  }

  /** The one that runs in the world; null where none does. */
  seenIn(world: World): RehearsalSeen | null {
    return seenOf(this.#running(world));
  }

  note(world: World, id: string, note: Omit<Note, 'at'>): RehearsalState {
    return this.#with(world, id, (rehearsal) => rehearsal.note(note));
  }

  heartbeat(world: World, id: string): RehearsalState {
    return this.#with(world, id, (rehearsal) => rehearsal.heartbeat());
  }

  /** Recorded with the rehearsal that runs in the world or was the last to, if its books are there still. */
  reconciled(world: World, made: ReconciliationMade): void {
    this.#reconciliations.made(world, made);
  }

  /** Resolves when it is judged. */
  async finish(world: World, id: string, by: string | null, caller: Caller): Promise<RehearsalState> {
    const { rehearsal } = this.#runningAs(world, id);
    await rehearsal.finishBy(by);
    this.#options.director.record(world, 'finish-rehearsal', caller, { rehearsal: rehearsal.id, by }, {});
    return stateOf(rehearsal);
  }

  /** Resolves when all is healed. */
  async abort(world: World, id: string, breach: Breach, caller: Caller): Promise<RehearsalState> {
    const { rehearsal } = this.#runningAs(world, id);
    this.#options.director.record(world, 'abort-rehearsal', caller, { rehearsal: rehearsal.id, by: breach.value }, {});
    await rehearsal.abortBy(breach);
    return stateOf(rehearsal);
  }

  /** What is recorded stays. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#known.values()].map(async ({ rehearsal, log }) => {
        await rehearsal.interrupt('the server was stopped');
        await log.settled();
      }),
    );
  }

  async #begin(world: World, asked: Asked, caller: Caller): Promise<Rehearsal> {
    const { director, folder, clock, worlds, outbound, watchVitals, version, thresholds } = this.#options;
    const plan = await this.#reader.read(world, asked);
    const id = rehearsalId(clock.now(), this.#options.randomHex());
    const sink = folder === undefined ? null : await createRecord(folder, id);
    const log = new RecordLog({ clock, sink });
    log.add(headerOf(world, { id, plan, by: asked.by, version, thresholds }));
    const vitals = watchVitals();
    const endUse = worlds.use(world);
    const chunks = (): AsyncIterable<Buffer> => log.chunks();
    const rehearsal: Rehearsal = new Rehearsal({
      ...{ id, world, director, plan, caller, log, vitals, outbound },
      judge: async () => judgeRecord(chunks, await readRecord(chunks()), this.#options),
      changed: () => this.changed.publish(stateOf(rehearsal)),
    });
    void rehearsal.over.then(() => {
      vitals.stop();
      endUse();
      this.#forgetOld();
    });
    this.#known.set(id, { rehearsal, log });
    this.#reconciliations.begun(rehearsal, log);
    director.record(world, 'start-rehearsal', caller, { rehearsal: id, title: plan.title, by: asked.by }, {});
    await rehearsal.start();
    return rehearsal;
  }

  /** One in memory only costs some megabytes, and one with a file can be read again. */
  #forgetOld(): void {
    const ended = [...this.#known].filter(([, { rehearsal }]) => rehearsal.finish !== null);
    const inMemory = ended.filter(([, { log }]) => log.state.file === null || log.state.trouble !== null);
    const leaving = [...inMemory.slice(0, -MAX_IN_MEMORY), ...ended.slice(0, -MAX_KNOWN)];
    for (const [id, { rehearsal }] of leaving) if (this.#known.delete(id)) this.#reconciliations.forget(rehearsal);
  }

  #running(world: World): Rehearsal | undefined {
    return this.running.find((one) => one.world === world);
  }

  #find(world: World, id: string): Known | undefined {
    const wanted = id === 'current' ? this.#running(world)?.id : id;
    const known = wanted === undefined ? undefined : this.#known.get(wanted);
    return known?.rehearsal.world.name === world.name ? known : undefined;
  }

  #recordOf(world: World, id: string): { readonly file: string; chunks(): AsyncIterable<Buffer> } {
    const { folder } = this.#options;
    if (folder === undefined || !REHEARSAL_ID.test(id)) throw unknownRehearsal(world.name, id);
    return { file: pathOf(folder, id), chunks: () => recordChunks(folder, id) };
  }

  #with(world: World, id: string, act: (rehearsal: Rehearsal) => void): RehearsalState {
    const { rehearsal } = this.#runningAs(world, id);
    act(rehearsal);
    return stateOf(rehearsal);
  }

  #runningAs(world: World, id: string): Known {
    const known = this.#find(world, id);
    if (known) return known;
    if (REHEARSAL_ID.test(id) && this.#options.folder !== undefined)
      throw new Refusal('conflict', `rehearsal ${id} does not run`);
    throw unknownRehearsal(world.name, id);
  }
}
