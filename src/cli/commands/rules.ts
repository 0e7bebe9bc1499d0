// showstopper rules: what is in force, whom it strikes, and how often it acted.
import type { Command } from 'commander';
import type { Activation, ActiveRule } from '../../admin/contract/contract.ts';
import { type ClientOptions, callAndPrint, clientOptions } from '../admin.ts';
import { countOrDash, strikesWords } from '../rule-words.ts';
import { table } from '../table.ts';
import { inWorld } from '../world-words.ts';

interface InForce {
  readonly rules: readonly ActiveRule[];
  readonly activations: readonly Activation[];
}

export function rules(command: Command): void {
  clientOptions(command).action((options: ClientOptions) =>
    callAndPrint(options, {
      ask: async (client): Promise<InForce> => ({
        rules: await client.rules(),
        activations: await client.activations(),
      }),
      show: (inForce) => show(inForce, options),
    }),
  );
}

function show({ rules, activations }: InForce, asked: ClientOptions): string {
  if (rules.length === 0) return `No rule is in force${inWorld(asked)}.`;
  const row = (rule: ActiveRule): string[] => {
    const { id, fault, matched, acted, spared, inapplicable, limited, held, expiresAt } = rule;
    const activation = activations.find((one) => one.activation === rule.activation);
    const until = expiresAt ?? activation?.expiresAt ?? '-';
    const counts = [matched, acted, spared, inapplicable, limited].map(countOrDash);
    return [id, fault, strikesWords(rule, activation), ...counts, String(held), until];
  };
  const lines = table([...HEAD, 'HOLDS', 'UNTIL'], rules.map(row));
  return asked.world === undefined ? lines : `In force${inWorld(asked)}:\n${lines}`;
}

const HEAD = ['RULE', 'KIND', 'STRIKES', 'MATCHED', 'ACTED', 'SPARED', 'INAPPLICABLE', 'LIMITED'];
