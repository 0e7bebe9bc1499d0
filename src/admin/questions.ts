// What is asked of the journal: refused when it names what cannot be there, and clients by what they are called.
import type { Mistake } from '../base/mistake.ts';
import { Refusal } from '../base/refusal.ts';
import type { RulesSeen } from '../director/rules-seen.ts';
import { type KnownNames, withoutKeys } from '../faults/known-names.ts';
import { matchMistakes } from '../faults/match-check.ts';
import type { EntryKind } from '../journal/entry.ts';
import { CONNECT, type JournalMatch } from '../journal/query.ts';
import type { AdminCode } from './statuses.ts';

/** A moment may be ahead of this machine's clock by so much: those of the askers differ. */
const AHEAD_MS = 60_000;
/** Below it, a number of milliseconds is one of seconds by mistake: it would be in 1973 or before. */
const SECONDS_BELOW = 1e11;
const SECONDS_FROM = 1e9;

export interface Asked {
  readonly match: Pick<JournalMatch, keyof JournalMatch> & { readonly kind?: EntryKind | undefined };
  readonly known: KnownNames;
  readonly rulesSeen: RulesSeen;
  /** Epoch ms. */
  readonly now: number;
  /** How long is waited for what matches. */
  readonly withinMs?: number | undefined;
  /** Where the fields stand in what was asked: `match.` or nothing. */
  readonly at: string;
}

export interface Question<Match> {
  readonly match: Match;
  /** What the client is called, when it was named by its key. */
  readonly shownAs: readonly string[];
}

/** Throws a Refusal with everything that cannot be there. */
export function questionOf<Match extends JournalMatch>(asked: Asked & { readonly match: Match }): Question<Match> {
  const mistakes = [
    ...nameMistakes(asked),
    ...ruleMistakes(asked),
    ...momentMistakes(asked),
    ...endMistakes(asked.match),
    ...kindMistakes(asked.match),
  ].map(({ path, message }) => ({ path: `${asked.at}${path}`, message }));
  if (mistakes.length > 0) {
    const detail = mistakes.map(({ path, message }) => `${path}: ${message}`).join('\n');
    throw new Refusal<AdminCode>('malformed', detail, { errors: mistakes });
  }
  const { match, known } = asked;
  if (match.client === undefined) return { match, shownAs: [] };
  const named = withoutKeys({ clients: [match.client] }, known);
  return { match: { ...match, client: named.match?.clients?.[0] ?? match.client }, shownAs: named.shownAs };
}

/** The parts of a match on requests, as a question names them. */
const FIELDS = { operations: 'operation', clients: 'client', methods: 'method', paths: 'path' } as const;

function nameMistakes({ match: { operation, client, method, path }, known }: Asked): Mistake[] {
  const asked = {
    ...(operation !== undefined && { operations: [operation] }),
    ...(client !== undefined && { clients: [client] }),
    ...(method !== undefined && { methods: [method] }),
    ...(path !== undefined && { paths: [path] }),
  };
  if (Object.keys(asked).length === 0) return [];
  return matchMistakes(asked, { ...known, operations: [...known.operations, CONNECT] }).map((mistake) => ({
    path: fieldOf(mistake.path),
    message: mistake.message,
  }));
}

/** `match.operations[0]` is the operation; what is wrong with the whole is told of it too. */
function fieldOf(path: string): string {
  const part = /^match\.(\w+)/.exec(path)?.[1] ?? 'operations';
  return FIELDS[part as keyof typeof FIELDS];
}

function ruleMistakes({ match: { rule }, rulesSeen }: Asked): Mistake[] {
  const message = rule === undefined ? undefined : rulesSeen.whyUnasked(rule);
  return message === undefined ? [] : [{ path: 'rule', message }];
}

function momentMistakes({ match: { since }, now, withinMs = 0 }: Asked): Mistake[] {
  if (since === undefined) return [];
  if (since >= SECONDS_FROM && since < SECONDS_BELOW)
    return [{ path: 'since', message: `must be epoch milliseconds, got ${since}, which are seconds: ${since}000?` }];
  if (since <= now + withinMs + AHEAD_MS) return [];
  return [{ path: 'since', message: `is still to come: it is ${new Date(now).toISOString()} here` }];
}

function endMistakes({ ended, status }: JournalMatch): Mistake[] {
  if (status !== 'none' || (ended !== 'answered' && ended !== 'open')) return [];
  return [{ path: 'status', message: `none is of exchanges that ended without an answer, and not ${ended}` }];
}

/** Fields that entries of a kind do not have, so that none could ever fit. */
const LACKING: Readonly<Record<EntryKind, readonly (keyof JournalMatch)[]>> = {
  exchange: [],
  connection: [
    'requestId',
    'client',
    'method',
    'path',
    'status',
    'idempotencyKey',
    'session',
    'reservation',
    'order',
    'body',
  ],
  event: ['requestId', 'operation', 'method', 'path', 'status', 'idempotencyKey', 'rule', 'ended', 'body'],
};

/** Kinds are asked for by their names, and struck connections among operations too. */
function kindMistakes(match: Asked['match']): Mistake[] {
  const { operation } = match;
  const kind = match.kind ?? (operation === CONNECT ? 'connection' : undefined);
  if (kind === undefined) return [];
  const lacking = LACKING[kind].filter((field) => match[field] !== undefined);
  const mistakes = lacking.map((path) => ({ path, message: `entries of kind ${kind} have none` }));
  if (operation === undefined || kind === 'event' || (operation === CONNECT) === (kind === 'connection'))
    return mistakes;
  return [
    ...mistakes,
    { path: 'operation', message: `there are no entries of kind ${kind} with the operation ${operation}` },
  ];
}
