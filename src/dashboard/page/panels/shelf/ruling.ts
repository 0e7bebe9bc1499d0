// A single rule as it is typed, and what is sent of it.
import type { Kind, RuleBody } from '../../../../admin/contract/contract.ts';
import { type Aim, EVERYTHING, FIRST_TTL, isReach, matchOf, shareOf } from './arming.ts';
import { type Draft, type DraftMistake, readDraft } from './schema-form/draft.ts';
import { fieldsOf } from './schema-form/field.ts';

export interface RuleDraft {
  readonly aim: Aim;
  /** In percent. */
  readonly share: string;
  readonly ttl: string;
  readonly connections: string;
  readonly parameters: Readonly<Record<string, Draft>>;
}

export const FIRST_RULE: RuleDraft = {
  ...{ aim: EVERYTHING, share: '', ttl: FIRST_TTL, connections: '', parameters: {} },
};

export function ruleBodyOf(
  kind: Pick<Kind, 'name' | 'parameters'>,
  { aim, share, ttl, connections, parameters }: RuleDraft,
): { readonly body: RuleBody; readonly mistakes: readonly DraftMistake[] } {
  const [match, part] = [matchOf(aim), shareOf(share)];
  const read = readDraft({ is: 'object', fields: fieldsOf(kind.parameters) }, { object: parameters });
  const given = read.value as Readonly<Record<string, unknown>>;
  const body = {
    fault: kind.name,
    ...(Object.keys(given).length > 0 && { with: given }),
    ...(match && { match }),
    ...(part !== undefined && { share: part }),
    ...(ttl.trim() !== '' && { ttl: ttl.trim() }),
    ...(isReach(connections) && { connections }),
  };
  return { body, mistakes: read.mistakes };
}
