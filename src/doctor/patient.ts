// The server under examination, as the doctor reaches it: questions over raw sockets, rules and journal over admin.
import { systemClock } from '../base/clock.ts';
import type { Fault } from '../faults/fault.ts';
import { actsOnRequests } from '../faults/place-check.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { AdminError } from '../sdk/admin-request.ts';
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
  /** The key that the doctor shows as a seller, and the name by which its rules know it: letters, digits and dashes. */
  readonly key: string;
}

/** What rules outlive if the doctor dies before it takes them out. */
const TTL = '1m';
const HEALTHY_WITHIN_MS = 5000;

export class Patient {
  readonly #settings: PatientSettings;
  /** Numbers the requests; begun anew at each examination, also under the same key. */
  #asked = systemClock.now();
  /** A session on sale. */
  session: string | undefined;
  /** What the TLS door's client trusts. */
  trusted: string | undefined;

  constructor(settings: PatientSettings) {
    this.#settings = settings;
  }

  get hasTls(): boolean {
    return this.#settings.upstreamTls !== undefined;
  }

  /** Asks and watches; `requestId` finds it in the journal. */
  async ask(question: Question, watching: Partial<ProbeOptions> = {}, reservation = ''): Promise<Sight> {
    const { upstream } = this.#settings;
    const request = this.text(question, reservation);
    return probe({ ...upstream, forMs: HEALTHY_WITHIN_MS, ...watching, request });
  }

  askOverTls(question: Question, { forMs, lingerMs }: { forMs: number; lingerMs: number }): Promise<TlsSight> {
    const { upstreamTls: address, upstream } = this.#settings;
    const request = this.text(question, '');
    return tlsProbe({ ...(address ?? upstream), ca: this.trusted, request, forMs, lingerMs });
  }

  /** A connection that is served once and then kept, until the function is called. */
  neighbour(question: Question): Promise<() => void> {
    return keepOne({ ...this.#settings.upstream, request: this.text(question, ''), forMs: HEALTHY_WITHIN_MS });
  }

  /** The request as sent, under an id of its own. */
  text({ method, path, headers = {}, body }: Question, reservation: string): string {
    this.#asked++;
    const fill = (text: string): string =>
      text.replace('{session}', this.session ?? 'none').replace('{reservation}', encodeURIComponent(reservation));
    const content = body && fill(JSON.stringify({ ...body, customerRef: this.lastId }));
    const own = { 'X-Api-Key': this.#settings.key, 'X-Request-Id': this.lastId };
    return requestText(method, fill(path), { Host: this.#settings.upstream.host, ...own, ...headers }, content);
  }

  /** Id of the request that was written last. */
  get lastId(): string {
    return `${this.#settings.key}-${this.#asked}`;
  }

  /** Whether the journal says that this request's work was done. */
  async worked(requestId: string): Promise<boolean> {
    const { data } = await this.#settings.admin.journal({ client: this.#settings.key, limit: 20 });
    return data.some((entry) => entry.requestId === requestId && entry.workedAt !== null);
  }

  /** Whether the server tells this doctor from other sellers by its key. */
  async knows(requestId: string): Promise<boolean> {
    const { data } = await this.#settings.admin.journal({ client: this.#settings.key, limit: 20 });
    return data.some((entry) => entry.requestId === requestId);
  }

  async connections(): Promise<number> {
    return (await this.#settings.admin.state()).connections;
  }

  /** Waits, for a bounded time, until the count of connections is as asked. */
  async crowdIs(asked: (connections: number) => boolean, withinMs: number): Promise<boolean> {
    const end = systemClock.ticks() + withinMs;
    while (!asked(await this.connections())) if (systemClock.ticks() > end) return false;
    return true;
  }

  /** Puts a kind in force, for this doctor alone where a rule can say so. */
  async arm(fault: Pick<Fault, 'name' | 'at' | 'signature'>): Promise<void> {
    const { admin, key } = this.#settings;
    await admin.addRule({
      fault: fault.name,
      id: this.#ruleOf(fault.name),
      ttl: TTL,
      ...(actsOnRequests(fault) && { match: { clients: [key] } }),
      ...(fault.signature.trial?.with && { with: { ...fault.signature.trial.with } }),
    });
  }

  /** Takes out what `arm` put in, if it did and it is still there. */
  async disarm({ name }: Pick<Fault, 'name'>): Promise<void> {
    try {
      await this.#settings.admin.deleteRule(this.#ruleOf(name));
    } catch (error) {
      if (!(error instanceof AdminError) || error.status !== 404) throw error;
    }
  }

  async learnTrust(): Promise<void> {
    try {
      this.trusted = await this.#settings.admin.tlsCertificate();
    } catch (error) {
      if (!(error instanceof AdminError)) throw error; // no TLS door: arming says so
    }
  }

  #ruleOf(name: string): string {
    return `${this.#settings.key}/${name}`;
  }
}
