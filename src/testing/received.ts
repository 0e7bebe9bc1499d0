// Whether the upstream has received what a test says, as a verdict with a message in the words of the test's author.
import type { VerifyBody } from '../admin/contract/contract.ts';
import type { NamedOperation } from '../admin/contract/operations.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { AdminError, type NearMiss } from '../sdk/errors.ts';
import { type ArrivedEntry, entryLine } from './entry-line.ts';

/** All given fields must fit. */
export interface ReceivedMatch extends Omit<NonNullable<VerifyBody['match']>, 'since' | 'operation'> {
  readonly operation?: NamedOperation;
}

export interface ReceivedOptions {
  /** Unset: at least once. */
  readonly times?: number | { readonly min?: number; readonly max?: number };
  /** How long what is missing is waited for; with a `max` alone, how long it must stay so. Unset: `1s` and not at all. */
  readonly within?: string;
}

export interface Received {
  readonly pass: boolean;
  readonly message: string;
}

export interface Question {
  readonly admin: Pick<AdminClient, 'verify'>;
  readonly match: ReceivedMatch;
  readonly options: ReceivedOptions;
  /** `.not`: that none was received. */
  readonly negated: boolean;
  /** When the test began by the server's clock, in epoch milliseconds. */
  readonly startedAtMs: number;
}

/** A client that has just left, or not asked yet, is waited for so long. */
const PATIENCE = '1s';

/** Of a body in a message, in characters. */
const MAX_SHOWN = 200;

type Range = { readonly min?: number; readonly max?: number };

/** Throws an Error for a question that makes no sense, such as an operation that does not exist. */
export async function checkReceived({ admin, match, options, negated, startedAtMs }: Question): Promise<Received> {
  const count = rangeOf(options, negated);
  const ask = async (patience: Pick<VerifyBody, 'within' | 'settle'>): Promise<AdminError | undefined> => {
    try {
      await admin.verify({ match, count, ...patience });
      return undefined;
    } catch (error) {
      if (!(error instanceof AdminError)) throw error;
      if (error.code === 'validation_failed') throw new Error(whyNoQuestion(error));
      if (error.code !== 'verification_failed' && error.code !== 'evidence_evicted') throw error;
      return error;
    }
  };
  let failed = await ask(options.within === undefined ? {} : { within: options.within });
  if (failed && options.within === undefined && countOf(failed) < (count.min ?? 0))
    failed = await ask({ within: PATIENCE, settle: '0s' });
  if (!failed) return { pass: true, message: '' };
  return { pass: false, message: messageOf({ failed, match, count, startedAtMs }) };
}

/** Throws a TypeError for `.not` with `times`, which nobody reads the same way. */
function rangeOf({ times }: ReceivedOptions, negated: boolean): Range {
  if (negated && times !== undefined)
    throw new TypeError(
      '.not.toHaveReceived says that none was received, and takes no `times`; without .not, say how many there may be: times: { max: 2 }',
    );
  if (negated || times === 0) return { max: 0 };
  if (times === undefined) return { min: 1 };
  return typeof times === 'number' ? { min: times, max: times } : times;
}

/** What the server says of each mistake, with the nearest name. */
function whyNoQuestion({ problem }: AdminError): string {
  const mistakes = problem.errors?.map(({ path, message: words }) => `${path}: ${words}`) ?? [];
  return `toHaveReceived cannot be asked so: ${mistakes.join('; ') || problem.detail}`;
}

interface Failed {
  readonly failed: AdminError;
  readonly match: ReceivedMatch;
  readonly count: Range;
  readonly startedAtMs: number;
}

function messageOf({ failed, match, count, startedAtMs }: Failed): string {
  const { code, detail, nearest, problem } = failed;
  const asked = describeMatch(match, Array.isArray(problem.shownAs) ? problem.shownAs.map(String) : []);
  const lines = [
    `the upstream should ${count.max === 0 ? 'not ' : ''}have received ${asked}${describeRange(count)}`,
    `received: ${timesWords(countOf(failed))}`,
  ];
  if (code === 'evidence_evicted') return [...lines, detail].join('\n');
  const near = nearest as readonly (NearMiss & { readonly entry: ArrivedEntry })[];
  if (near.length === 0) return [...lines, 'and nothing else came in this world'].join('\n');
  const tooMany = near.every(({ missed }) => missed.length === 0);
  const shown = near.map(
    ({ entry, missed }) =>
      `  ${entryLine(entry, startedAtMs)}${missed.length > 0 ? `  (not as asked: ${missed.join(', ')})` : ''}`,
  );
  return [...lines, tooMany ? 'the newest of them:' : 'the nearest:', ...shown].join('\n');
}

const countOf = ({ problem: { count } }: AdminError): number => (typeof count === 'number' ? count : 0);

/** A client that was given by its key is named as it is shown. */
function describeMatch({ client, ...match }: ReceivedMatch, shownAs: readonly string[]): string {
  const fields = Object.entries({ ...match, ...(client !== undefined && { client: shownAs[0] ?? client }) });
  const given = fields.filter(([, value]) => value !== undefined);
  return given.length === 0 ? 'anything' : given.map(([name, value]) => `${name} ${inWords(value)}`).join(', ');
}

/** A body is shown as it is written, since the test's author has written it. */
const inWords = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value).slice(0, MAX_SHOWN) : String(value);

function describeRange({ min = 0, max }: Range): string {
  if (max === 0) return '';
  if (max === undefined) return `, at least ${timesWords(min)}`;
  if (min === max) return `, exactly ${timesWords(max)}`;
  return min === 0 ? `, at most ${timesWords(max)}` : `, ${min} to ${max} times`;
}

const timesWords = (times: number): string => (times === 1 ? '1 time' : `${times} times`);
