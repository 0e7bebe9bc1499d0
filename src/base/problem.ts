// Errors as RFC 9457 problem documents, one form on both listeners.

/** Members every problem has; a refusal's facts come beside them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly requestId: string;
  readonly [fact: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

interface ProblemParts {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Path of the request. */
  readonly instance: string;
  readonly requestId: string;
  readonly retryable: boolean;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** An answer to what was refused is short, however long what was asked is; in characters. */
const MAX_INSTANCE = 256;
const MAX_DETAIL = 16_384;

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** Fills in type and title, which follow from the code; a long path or detail is cut. */
export function problem({ facts, ...parts }: ProblemParts): Problem {
  const words = parts.code.replaceAll('_', ' ');
  return {
    type: `urn:showstopper:problem:${parts.code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    ...parts,
    detail: cut(parts.detail, MAX_DETAIL),
    instance: cut(parts.instance, MAX_INSTANCE),
    ...facts,
  };
}
