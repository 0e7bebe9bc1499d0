// The server under examination, as the doctor reaches it: questions over raw sockets, rules and journal over admin.
import { systemClock } from '../base/clock.ts';
import type { Fault } from '../faults/fault.ts';
import { actsOnRequests } from '../faults/place-check.ts';
import type { Trial } from '../faults/signature.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { AdminError } from '../sdk/errors.ts';
import { keepOne } from './neighbour.ts';
import type { Question } from './plans.ts';
import { type ProbeOptions, probe, requestText, type Sight } from './probe.ts';
import { type TlsSight, tlsProbe } from './tls-probe.ts';

/** An address to connect to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface PatientSettings {
  readonly admin: AdminClient;
  readonly upstream: Address;
  /** Of the TLS door; unset: kinds that need it are not examined. */
  readonly upstreamTls?: Address | undefined;
  /** The key that the doctor shows as a seller; it is told to nobody else. */
  readonly key: string;
  /** Its requests and rules bear this name. */
  readonly name: string;
}

/** A request, as the journal has it. */
export type Entry = Extract<Awaited<ReturnType<AdminClient['journal']>>['data'][number], { kind: 'exchange' }>;

/** What fills the gaps of a question. */
export interface Filling {
  readonly reservation?: string | undefined;
  readonly order?: string | undefined;
  /** Path of the page where the order is paid. */
  readonly page?: string | undefined;
  /** Names this run of the trial. */
  readonly run?: string | undefined;
  readonly poll?: string | undefined;
  /** The trial that it is a part of: rules of others spare it. */
  readonly trial?: string | undefined;
}

export interface Asking {
  readonly request: string;
  readonly requestId: string;
}

/** What rules outlive if the doctor dies before it takes them out, beside the time of a watch. */
const TTL_MS = 60_000;
const HEALTHY_WITHIN_MS = 5000;
/** All that is under way at once, many times over. */
const ENTRIES = 500;
/** Of these the newest, where nearly every request is found that is asked about. */
const NEWEST = 25;
/** By it a rule knows the requests of its own trial. */
const TRIAL_HEADER = 'X-Doctor-Trial';

export class Patient {
  readonly settings: PatientSettings;
  /** Numbers the requests, and the runs of trials; begun anew at each examination, also under the same name. */
  #asked = systemClock.now();
  /** A session on sale. */
  session: string | undefined;
  /** What the TLS door's client trusts. */
  trusted: string | undefined;
  /** How the server calls whoever shows that key, and the door at which it arrives. */
  client: string;
  door: string | undefined;

  constructor(settings: PatientSettings) {
    this.settings = settings;
    this.client = settings.key;
  }

  get hasTls(): boolean {
    return this.settings.upstreamTls !== undefined;
  }

  /** Writes a request, under an id of its own. */
  compose({ method, path, headers = {}, body, form }: Question, filling: Filling = {}): Asking {
    const { key, upstream } = this.settings;
    const requestId = this.nextName();
    const { trial, reservation = '', order = '', run = requestId } = filling;
    const fill = (text: string): string =>
      text
        .replace('{session}', this.session ?? 'none')
        .replace('{reservation}', encodeURIComponent(reservation))
        .replace('{order}', encodeURIComponent(order))
        .replace('{page}', filling.page ?? '/pay/none')
        .replace('{run}', run)
        .replace('{poll}', filling.poll ?? '/v1/waiting-room/none');
    const content = form ?? (body && fill(JSON.stringify(body)));
    const own = {
      ...{ Host: upstream.host, 'X-Api-Key': key, 'X-Request-Id': requestId },
      ...(trial !== undefined && { [TRIAL_HEADER]: trial }),
      ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    };
    const said = Object.entries(headers).map(([name, value]) => [name, fill(value)]);
    return { request: requestText(method, fill(path), { ...own, ...Object.fromEntries(said) }, content), requestId };
  }

  /** A name that nothing here had before. */
  nextName(): string {
    return `${this.settings.name}-${++this.#asked}`;
  }

  /** Sends and watches. */
  watch({ request }: Asking, watching: Partial<ProbeOptions> = {}): Promise<Sight> {
    return probe({ ...this.settings.upstream, forMs: HEALTHY_WITHIN_MS, ...watching, request });
  }

  ask(question: Question, filling?: Filling): Promise<Sight> {
    return this.watch(this.compose(question, filling));
  }

  watchOverTls(
    { request }: Asking,
    watching: Pick<ProbeOptions, 'forMs' | 'signal'> & { lingerMs: number },
  ): Promise<TlsSight> {
    const { upstreamTls: address, upstream } = this.settings;
    return tlsProbe({ ...(address ?? upstream), ca: this.trusted, request, ...watching });
  }

  /** A connection that is served once and then kept, until the function is called. */
  neighbour(question: Question, filling: Filling): Promise<() => void> {
    const { request } = this.compose(question, filling);
    return keepOne({ ...this.settings.upstream, request, forMs: HEALTHY_WITHIN_MS });
  }

  /** What the journal says of a request, whoever sent it; undefined: it never arrived. */
  async entryOf(requestId: string): Promise<Entry | undefined> {
    const client = this.door === undefined ? {} : { client: this.client };
    const among = async (page: { limit: number; cursor?: number }) => {
      const { data, nextCursor } = await this.settings.admin.journal({ ...client, kind: 'exchange', ...page });
      return { entry: data.find((entry) => entry.requestId === requestId), nextCursor };
    };
    const { entry, nextCursor } = await among({ limit: NEWEST });
    if (entry || nextCursor === null) return entry;
    return (await among({ limit: ENTRIES - NEWEST, cursor: Number(nextCursor) })).entry;
  }

  async connections(): Promise<number> {
    return (await this.settings.admin.state()).connections;
  }

  /** Waits, for a bounded time, until the count of connections is as asked. */
  async crowdIs(asked: (connections: number) => boolean, withinMs: number): Promise<boolean> {
    const end = systemClock.ticks() + withinMs;
    while (!asked(await this.connections())) if (systemClock.ticks() > end) return false;
    return true;
  }

  /** Puts a kind in force, for this trial alone where a rule can say so, and else for this door. */
  async arm(
    fault: Pick<Fault, 'name' | 'at' | 'inHandshake'>,
    trial: Trial,
    id: string,
    watchMs: number,
  ): Promise<void> {
    const match = actsOnRequests(fault)
      ? { clients: [this.client], headers: { [TRIAL_HEADER.toLowerCase()]: id } }
      : !fault.inHandshake && this.door !== undefined && { doors: [this.door] };
    await this.settings.admin.addRule({
      fault: fault.name,
      id,
      ttl: `${Math.ceil((TTL_MS + watchMs) / 1000)}s`,
      ...(match && { match }),
      ...(trial.with && { with: { ...trial.with } }),
    });
  }

  /** Takes out what `arm` put in, if it is still there. */
  async disarm(id: string): Promise<void> {
    try {
      await this.settings.admin.deleteRule(id);
    } catch (error) {
      if (!(error instanceof AdminError) || error.status !== 404) throw error;
    }
  }

  async learnTrust(): Promise<void> {
    try {
      this.trusted = await this.settings.admin.tlsCertificate();
    } catch (error) {
      if (!(error instanceof AdminError)) throw error; // no TLS door: arming says so
    }
  }
}
