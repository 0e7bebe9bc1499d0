// The log: pino, JSON for programs and readable text for people, with nothing secret in it.
import { type DestinationStream, type LoggerOptions, pino, stdTimeFunctions } from 'pino';
import { looksSecret, REDACTED } from '../base/secret.ts';

/** Bytes that may wait for a slow reader of stdout; lines above that are lost rather than memory. */
const MAX_WAITING_BYTES = 1_048_576;
/** Facts deeper than this are not looked into, and not shown. */
const MAX_DEPTH = 6;

/** What is said once everything answers; `upstream` and `admin` are URLs. */
export interface ReadyFacts {
  readonly upstream: string;
  readonly upstreamTls?: string;
  readonly doors?: Readonly<Record<string, string>>;
  readonly admin: string;
  readonly seed: number;
  readonly startMs: number;
}

/** One line of the log: what happened, and facts about it. */
export interface LogLine {
  (message: string): void;
  (facts: object, message?: string): void;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** What is logged to; any logger of pino has these methods. */
export interface Log extends Readonly<Record<LogLevel, LogLine>> {
  /** One line at every level, also `silent`: scripts wait for it. */
  ready(facts: ReadyFacts): void;
  /** Resolves when what was logged has been handed to the system. */
  flush(): Promise<void>;
}

export interface LogOptions {
  readonly level: LogLevel | 'silent';
  /** Readable text; unset: when stdout is a terminal. */
  readonly pretty?: boolean;
  /** Instead of stdout. */
  readonly destination?: { write(text: string): void };
}

export async function createLog({
  level,
  pretty = process.stdout.isTTY === true,
  destination,
}: LogOptions): Promise<Log> {
  const stream = pretty ? await readable(destination) : (destination ?? stdout());
  const logger = pino({ ...PINO_OPTIONS, level }, stream);
  const always = logger.child({}, { level: 'info' });
  const flush = logger.flush.bind(logger);
  return Object.assign(logger, {
    ready: (facts: ReadyFacts) => always.info(facts, 'ready'),
    flush: () => new Promise<void>((resolve) => flush(() => resolve())),
  });
}

const PINO_OPTIONS: LoggerOptions = {
  base: null,
  timestamp: stdTimeFunctions.isoTime,
  formatters: {
    level: (label) => ({ level: label }),
    log: (facts) => withoutSecrets(facts, 0) as Record<string, unknown>,
    bindings: (facts) => withoutSecrets(facts, 0) as Record<string, unknown>,
  },
};

/** Written in the background: a reader of stdout that has stopped reading must not stop the server, nor must a full disk. */
function stdout(): DestinationStream {
  const stream = pino.destination({ fd: 1, sync: false, maxLength: MAX_WAITING_BYTES });
  let isBroken = false;
  stream.on('error', (error: Error) => {
    if (isBroken) return;
    isBroken = true;
    const nothing = (): void => {};
    // whoever ends the process would wait for ever for what cannot be written
    Object.assign(stream, { write: () => true, end: nothing, flushSync: nothing, destroy: nothing });
    stream.flush = (then) => then?.();
    process.stderr.write(`the log cannot be written any more: ${error.message}\n`);
  });
  return stream;
}

/** Loaded only where a person reads. */
async function readable(destination: DestinationStream | undefined): Promise<DestinationStream> {
  const { build } = await import('pino-pretty');
  return build({
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ...(destination ? { colorize: false, destination: destination as NodeJS.WritableStream } : {}),
  });
}

/** A copy in which every value under a telling name is `[redacted]`; errors and other objects with a class stay. */
function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return depth < MAX_DEPTH ? value.map((item) => withoutSecrets(item, depth + 1)) : '[…]';
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  if (depth >= MAX_DEPTH) return '{…}';
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      looksSecret(name) && inner !== undefined && inner !== null ? REDACTED : withoutSecrets(inner, depth + 1),
    ]),
  );
}
