// Tables written from the code for the pages in docs/: kinds, profiles, scenarios, settings, commands, operations.

import { z } from 'zod';
import { summaryShape } from '../../src/admin/contract/summary.ts';
import { EXIT_WORDS } from '../../src/cli/exit-status.ts';
import { lastedWords } from '../../src/cli/playback-words.ts';
import { COMMANDS } from '../../src/cli/program.ts';
import { settingsMarkdown } from '../../src/config.ts';
import { kindsMarkdown, markdownTable } from '../../src/faults/reference.ts';
import { faults } from '../../src/faults/registry.ts';
import { CARD_BEHAVIOURS, TEST_CARDS } from '../../src/payments/test-cards.ts';
import { ENGLISH } from '../../src/payments/words/en.ts';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { showStoryTime } from '../../src/shelf/story-time.ts';
import { OPERATIONS } from '../../src/upstream/operations/operations.ts';
import { type Code, isRetryable, STATUSES } from '../../src/upstream/statuses.ts';
import { parseScenario, parseShipped, shippedProfiles, shippedScenarios } from './shipped.ts';

/** Name of a block to its table. */
export const referenceTables = (): ReadonlyMap<string, string> =>
  new Map([
    ['kinds', kindsMarkdown(faults)],
    ['profiles', profilesMarkdown()],
    ['scenarios', scenariosMarkdown()],
    ['settings', settingsMarkdown().trim()],
    ['commands', commandsMarkdown()],
    ['exit-status', exitStatusMarkdown()],
    ['operations', operationsMarkdown()],
    ['errors', errorsMarkdown()],
    ['test-cards', testCardsMarkdown()],
    ['criteria', criteriaMarkdown()],
    ['summary-fields', summaryMarkdown()],
  ]);

/** Every field of a summary, of an object within it too, with the words of its shape. */
function summaryMarkdown(): string {
  return markdownTable(['field', 'what'], fieldsIn(z.toJSONSchema(summaryShape) as Shape, ''));
}

interface Shape {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

function fieldsIn(shape: Shape, path: string): string[][] {
  const inner = shape.anyOf?.find(({ properties }) => properties) ?? shape.items ?? shape;
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const of = `${path}${name}`;
    const within = fieldsIn(field, `${of}.`);
    const words = field.description ?? '';
    return words === '' && within.length > 0 ? within : [[`\`${of}\``, words], ...within];
  });
}

function profilesMarkdown(): string {
  const rows = shippedProfiles().map((shipped) => {
    const { summary, rules } = parseShipped(shipped);
    const kinds = [...new Set(rules.map(({ fault }) => `\`${fault}\``))];
    return [`[\`${shipped.name}\`](../${shipped.file})`, summary, kinds.join(', ')];
  });
  return markdownTable(['profile', 'what a seller will see', 'kinds'], rows);
}

function scenariosMarkdown(): string {
  const rows = shippedScenarios().map((shipped) => {
    const { summary, start, endsMs } = parseScenario(shipped);
    const lasts = start === null ? lastedWords(endsMs) : [0, endsMs].map((at) => showStoryTime(at, start)).join(' to ');
    return [`[\`${shipped.name}\`](../${shipped.file})`, summary, lasts];
  });
  return markdownTable(['scenario', 'what happens', 'story time'], rows);
}

const testCardsMarkdown = (): string =>
  markdownTable(
    ['number', 'name', 'what it does'],
    CARD_BEHAVIOURS.map((name) => [TEST_CARDS[name], `\`${name}\``, ENGLISH.testCards.does[name]]),
  );

/** What counts stands first, and what is only told last. */
const criteriaMarkdown = (): string =>
  markdownTable(
    ['criterion', 'question', 'threshold', 'source'],
    (['gate', 'judged', 'told'] as const).flatMap((counts) =>
      CRITERIA.filter((criterion) => criterion.counts === counts).map(
        ({ name, asks, threshold, thresholds, source }) => [
          `\`${name}\`${counts === 'judged' ? '' : ` (${counts})`}`,
          asks,
          threshold(thresholds.parse({})),
          source,
        ],
      ),
    ),
  );

const commandsMarkdown = (): string =>
  markdownTable(
    ['command', 'what it does'],
    COMMANDS.map(({ name, summary }) => [`\`showstopper ${name}\``, summary]),
  );

const exitStatusMarkdown = (): string =>
  markdownTable(
    ['status', 'meaning'],
    Object.entries(EXIT_WORDS).map(([status, words]) => [status, words]),
  );

const operationsMarkdown = (): string =>
  markdownTable(
    ['operation', 'request', 'what it does'],
    OPERATIONS.map(({ name, method, path, summary }) => [`\`${name}\``, `\`${method} ${path}\``, summary]),
  );

const errorsMarkdown = (): string =>
  markdownTable(
    ['code', 'status', 'may the same request succeed later?'],
    Object.entries(STATUSES).map(([code, status]) => [
      `\`${code}\``,
      String(status),
      isRetryable(code as Code) ? 'yes' : 'no',
    ]),
  );
