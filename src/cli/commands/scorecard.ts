// showstopper scorecard: how each client behaved so far, and what it should change.
import type { Command } from 'commander';
import type { CriterionRow, Scorecard, ScorecardQuery } from '../../admin/contract/scorecard.ts';
import { figureWords } from '../../rehearsal/report/words.ts';
import { type ClientOptions, clientOptions, partOptions, withAdmin } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { table } from '../table.ts';
import { print, printError } from '../terminal.ts';

type ScorecardOptions = ClientOptions & ScorecardQuery;

export function scorecard(command: Command): void {
  clientOptions(command)
    .option('--client <NAME>', 'only this seller, by name or by key')
    .option(
      '--demand <RATE>',
      'purchases asked of it all the time, as 20/s; without it nothing is said about its breaker',
    )
    .option('--score', 'adds all of it as one number')
    .addHelpText('after', '\nExits 1 when a client fails its gate: a ticket sold twice, lost, or left unresolved.')
    .action((options: ScorecardOptions) => {
      const { client: asked, own } = partOptions(options);
      return withAdmin(asked, async (client) => {
        const scorecards = await client.scorecard(own);
        print(
          asked.json
            ? JSON.stringify(scorecards, null, 2)
            : scorecards.map(words).join('\n\n') || 'no client was seen yet',
        );
        const unsure = scorecards.filter((one) => one.gate !== 'fail' && isUnsure(one)).map((one) => one.client);
        if (unsure.length > 0) printError(`the gate is unsure, and proves nothing: ${unsure.join(', ')}`);
        const failed = scorecards.filter(({ gate }) => gate === 'fail').map((one) => one.client);
        if (failed.length > 0) throw new Failure(EXIT.verdictFailed, `the gate fails: ${failed.join(', ')}`);
      });
    });
}

const HEAD = ['CRITERION', 'VERDICT', 'FIGURE', 'N', 'THRESHOLD'];

function words(scorecard: Scorecard): string {
  const { client, gate, criteria, score } = scorecard;
  const rows = criteria.map((row) => [row.name, verdictWords(row), figureIn(row), String(row.n), row.threshold]);
  const advice = criteria
    .filter(({ verdict, counts }) => (verdict === 'fail' || verdict === 'warn') && counts !== 'told')
    .map(({ name, advice: said, evidence }) => `${name}: ${said}${seenIn(evidence)}`);
  const head = `${client}, gate: ${gate}${isUnsure(scorecard) ? ' (unsure)' : ''}${score ? `, score: ${scoreWords(score)}` : ''}`;
  return [head, table(HEAD, rows), ...[doubtsOf(criteria), advice].flatMap(paragraph)].join('\n');
}

/** Of what the gate is about, something may have been missed. */
const isUnsure = ({ criteria }: Scorecard): boolean =>
  criteria.some(({ counts, unsure }) => counts === 'gate' && unsure !== undefined);

const paragraph = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? ['', ...lines] : []);

/** Each reason once; of one criterion alone with its name. */
function doubtsOf(criteria: readonly CriterionRow[]): string[] {
  const doubts = Map.groupBy(
    criteria.filter(({ unsure }) => unsure !== undefined),
    ({ unsure }) => unsure,
  );
  return [...doubts].map(([why, [first, ...others]]) => `unsure${others.length > 0 ? '' : `, ${first?.name}`}: ${why}`);
}

const scoreWords = ({ points, weight }: NonNullable<Scorecard['score']>): string =>
  points === null
    ? `none, since ${weight} of 100 of its weight had data`
    : `${Math.round(points)} of 100, by ${weight} of 100 of its weight`;

const figureIn = ({ figure, unit }: CriterionRow): string => (figure === null ? '-' : figureWords(figure, unit));

const verdictWords = ({ verdict, counts, unsure }: CriterionRow): string =>
  `${verdict}${counts === 'told' ? ' (told)' : ''}${unsure === undefined ? '' : ' (unsure)'}`;

const seenIn = ([first]: readonly string[]): string => (first === undefined ? '' : ` (see request ${first})`);
