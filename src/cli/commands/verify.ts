// showstopper verify: a question to the journal, answered by the exit status.
import type { Command } from 'commander';
import type { VerifyBody } from '../../admin/contract/contract.ts';
import { counted } from '../../base/counted.ts';
import { AdminError } from '../../sdk/errors.ts';
import { type ClientOptions, callAndPrint, clientOptions, numberOption, partOptions } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { shownAsWords } from '../named-words.ts';

type Match = NonNullable<VerifyBody['match']>;
type VerifyOptions = ClientOptions &
  Match & { readonly min?: number; readonly max?: number; readonly within?: string; readonly settle?: string };

export function verify(command: Command): void {
  clientOptions(command)
    .option('--client <NAME>', 'the seller, by name or by key')
    .option('--operation <NAME>', 'name of the operation, as completeOrder')
    .option('--status <STATUS>', 'a status such as 503, a class such as 5xx, or none for no answer')
    .option('--rule <ID>', 'a rule that acted')
    .option('--ended <HOW>', 'answered, client-left, reset, closed, dropped or open')
    .option('--method <METHOD>', 'HTTP method')
    .option('--path <GLOB>', 'path without query; * within a segment, ** across')
    .option('--idempotency-key <KEY>', 'as the seller sent it')
    .option('--since <TIME>', 'arrived at this moment or later')
    .option('--min <N>', 'at least so often; default 1', numberOption('--min'))
    .option('--max <N>', 'at most so often', numberOption('--max'))
    .option('--within <DURATION>', 'waits up to so long until it is so; with --max alone, always so long')
    .option('--settle <DURATION>', 'with --min, how long it must stay so; default 0s, with --max too 200ms')
    .action((options: VerifyOptions) => {
      const { client: asked, own } = partOptions(options);
      return callAndPrint(asked, {
        ask: (client) => client.verify(questionOf(own)).catch(verdictOf),
        show: ({ count, open, shownAs }) =>
          [`yes: ${counted(count, 'time')}${openWords(open)}`, ...shownAsWords(shownAs)].join('\n'),
      });
    });
}

function questionOf({ min, max, within, settle, ...match }: Omit<VerifyOptions, keyof ClientOptions>): VerifyBody {
  const count = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return {
    match,
    ...(Object.keys(count).length > 0 && { count }),
    ...(within !== undefined && { within }),
    ...(settle !== undefined && { settle }),
  };
}

/** A no of the journal is a verdict; any other no is not. */
function verdictOf(error: unknown): never {
  if (!(error instanceof AdminError)) throw error;
  const { code, detail, nearest, open, shownAs } = error.problem;
  if (code !== 'verification_failed' && code !== 'evidence_evicted') throw error;
  throw new Failure(
    EXIT.verdictFailed,
    [`no: ${detail}${openWords(open)}`, ...toldNames(shownAs), ...nearestWords(nearest)].join('\n'),
  );
}

/** What is under way may yet change the verdict. */
function openWords(open: unknown): string {
  if (typeof open !== 'number' || open === 0) return '';
  return `; ${counted(open, 'exchange')} under way may still match`;
}

const toldNames = (shownAs: unknown): string[] => (Array.isArray(shownAs) ? shownAsWords(shownAs.map(String)) : []);

const nearestWords = (nearest: unknown): string[] =>
  Array.isArray(nearest) && nearest.length > 0
    ? ['nearest:', ...nearest.map((near) => `  ${JSON.stringify(near)}`)]
    : [];
