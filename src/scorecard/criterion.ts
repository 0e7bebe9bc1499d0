// What a criterion is: one question about a client, and how its answer is found in the evidence.
import type { z } from 'zod';
import type { Delays } from './delays.ts';
import type { Attempt, Evidence } from './evidence.ts';
import type { Asked } from './in-vain.ts';
import type { Repeats } from './repeats.ts';
import type { Sale } from './sales.ts';
import type { Estimate } from './statistics.ts';
import type { Trace } from './trace.ts';
import type { Traces } from './traces.ts';

/** `no-data`: too little of it was seen to say anything. */
export const VERDICTS = ['pass', 'warn', 'fail', 'no-data'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What is known about one figure. */
export interface Finding {
  readonly verdict: Verdict;
  /** How many observations it rests on. */
  readonly n: number;
  /** In the criterion's unit; null where there is none. */
  readonly figure: number | null;
  /** The true figure is this, or more by nobody knows how much: it was not watched for longer. */
  readonly isLowerBound?: true;
  /** One sentence that says what to change, or why it is well, or what is missing. */
  readonly advice: string;
  /** Ids of requests that show it, the most telling ones first. */
  readonly evidence: readonly string[];
  /** Further figures by name, as the width of an interval, each with what the reader of a report can use. */
  readonly more?: Readonly<Record<string, number | string | null>>;
  /** Why it may be wrong, as that entries had been evicted, or that calls could not be told apart. */
  readonly unsure?: string;
}

/** What is handed to every criterion: the evidence, and what several of them read from it, each found once. */
export interface Case {
  readonly evidence: Evidence;
  /** Those of the evidence's attempts that name somebody or something of theirs, or change something. */
  readonly named: readonly Attempt[];
  /** The others: reads that every buyer makes alike. */
  readonly anyones: readonly Attempt[];
  /** All of them by the name of what they ask for, each list by arrival. */
  readonly byOperation: ReadonlyMap<string, readonly Attempt[]>;
  /** What was asked for under each fault, operation by operation. */
  readonly asked: readonly Asked[];
  /** The evidence's attempts as operations of the client and their attempts. */
  readonly traces: Traces;
  /** Those of them that were tried again and can be told apart. */
  readonly retried: readonly Trace[];
  /** Requests that ask once more for what was asked before without a result. */
  readonly repeats: Repeats;
  /** One of each order. */
  readonly sales: readonly Sale[];
  /** Those of the evidence's attempts that it gave up waiting for. */
  readonly left: readonly Attempt[];
  /** The most frequent time after which the client gives up, in milliseconds; undefined where it has left too seldom. */
  readonly timeout: Estimate | undefined;
  /** Between the attempts of those that were tried again. */
  readonly delays: readonly Delays[];
}

export interface CriterionDefinition<Thresholds extends z.ZodObject> {
  /** Kebab-case; the name of its file, of its line in the thresholds file, and in a rehearsal's conditions. */
  readonly name: string;
  /** The question, as a person would ask it. */
  readonly asks: string;
  readonly unit: 'ms' | 's' | 'ratio' | 'count' | 'share' | 'calls';
  /** Whether the client is unsafe where it fails: `gate`; or it is only `told` and counts for nothing. */
  readonly counts: 'gate' | 'judged' | 'told';
  /** Which figures are better than others, as its thresholds say it. */
  readonly better: 'less' | 'more' | 'neither';
  /** Of two that fail alike, the one of more weight is to be changed first; 0 of what is only told. */
  readonly weight: number;
  /** Each with its default and its meaning. */
  readonly thresholds: Thresholds;
  /** The thresholds as a sentence, as "at most 1.2, warns up to 2". */
  readonly threshold: (thresholds: z.output<Thresholds>) => string;
  /** Where thresholds and formula come from. */
  readonly source: string;
  /** Pure: the same case gives the same finding. */
  readonly judge: (of: Case, thresholds: z.output<Thresholds>) => Finding;
}

/** One whose thresholds are its own affair. */
export type Criterion = CriterionDefinition<z.ZodObject>;

export const defineCriterion = <Thresholds extends z.ZodObject>(
  definition: CriterionDefinition<Thresholds>,
): Criterion => definition as unknown as Criterion;
