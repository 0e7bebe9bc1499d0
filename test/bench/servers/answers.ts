// What a comparison server is told at its start: which bytes it answers for which path.

/** An answer of Showstopper's as it was fetched, without what every server adds by itself. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** By path with query. */
export type KeptAnswers = Readonly<Record<string, KeptAnswer>>;
