// What the settings come to once they are read and checked.
import type { HostPattern } from '../base/host-pattern.ts';
import type { DoorPort, PortRange } from './setting-schema.ts';
import type { LogLevel, WorldMode } from './settings.ts';
import type { ClientUrl } from './webhook-schema.ts';

/** All settings as values; times in milliseconds. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Further ones, besides `main`. */
  readonly doors: readonly DoorPort[];
  /** Undefined: no TLS door. */
  readonly tlsPort: number | undefined;
  /** As PEM; undefined: made at start. */
  readonly tlsIdentity: { readonly cert: string; readonly key: string } | undefined;
  readonly adminHost: string;
  readonly adminPort: number;
  readonly adminToken: string | undefined;
  /** Admin may be called from other machines without a token. */
  readonly adminOpen: boolean;
  readonly viewerToken: string | undefined;
  /** Lower case; `*.example.com` stands for every name below. */
  readonly adminHosts: readonly string[];
  readonly maxConnections: number;
  /** Connections that a flood may open at each door, less those of floods under way; undefined: as many as there is room for. */
  readonly floodMax: number | undefined;
  /** Folder laid over the shipped profiles and scenarios. */
  readonly faults: string | undefined;
  /** `festival`, `small` or a file. */
  readonly catalog: string;
  readonly profiles: readonly string[];
  /** Plays from the start; undefined: none. */
  readonly scenario: string | undefined;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly store: 'memory:';
  readonly journalMax: number;
  readonly journalMaxBytes: number;
  readonly logLevel: LogLevel;
  /** Seller's name by key; undefined: any key will do. */
  readonly keys: ReadonlyMap<string, string> | undefined;
  readonly clientsMax: number;
  readonly reservationTtlMs: number;
  readonly timeScale: number;
  readonly defaultTtlMs: number | undefined;
  readonly maxTtlMs: number | undefined;
  readonly worlds: WorldMode;
  /** At once, besides the default one. */
  readonly worldsMax: number;
  /** For doors of worlds; undefined: any free ones. */
  readonly worldPorts: PortRange | undefined;
  /** Folder for records of rehearsals; undefined: in memory. */
  readonly dataDir: string | undefined;
  /** Whose front door a rehearsal may watch, besides this machine. */
  readonly probeHosts: readonly HostPattern[];
  /** File with thresholds of the scorecard; unset: as published. */
  readonly thresholds: string | undefined;
  /** From the start, in the default world. */
  readonly webhooks: readonly ClientUrl[];
  /** To which webhooks may go, besides this machine. */
  readonly webhookHosts: readonly HostPattern[];
  /** By client; of the others they are made at start. */
  readonly webhookSecrets: ReadonlyMap<string, string>;
  /** Where payment pages may send customers back; undefined: to private hosts only. */
  readonly returnHosts: readonly HostPattern[] | undefined;
  readonly latePayment: 'refund' | 'reacquire';
  /** Box-office milliseconds. */
  readonly refundAfterMs: number;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** Variables with our prefix that Kubernetes set for a Service of this name. */
  readonly ignored: readonly string[];
}
