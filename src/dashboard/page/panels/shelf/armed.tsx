// What was put in force, what was left out of it, and the way to watch it and to end it.
import { useState } from 'preact/hooks';
import type { Activated, AddedRule } from '../../../../admin/contract/contract.ts';
import { timeOfDay } from '../../format.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { panelHash } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { listed } from './arming.ts';

export function Armed({ done }: { readonly done: Activated }) {
  const { activation, rules, expiresAt, excluded, shownAs, living } = done;
  return (
    <InForce
      says={WORDS.arm.done(activation, rules.length, endsWords(expiresAt))}
      name={activation}
      notes={[
        ...excluded.map(({ rule, why }) => WORDS.arm.excluded(rule, why)),
        ...(shownAs.length > 0 ? [WORDS.arm.shownAs(listed(shownAs))] : []),
        ...(living.hint === null ? [] : [living.hint]),
      ]}
      end={() => client.value.endActivation(activation)}
    />
  );
}

export function RuleInForce({ done }: { readonly done: AddedRule }) {
  const { id, expiresAt, shownAs, living } = done;
  return (
    <InForce
      says={WORDS.rule.done(id, endsWords(expiresAt))}
      name={id}
      notes={[
        ...(shownAs.length > 0 ? [WORDS.arm.shownAs(listed(shownAs))] : []),
        ...(living.hint === null ? [] : [living.hint]),
      ]}
      end={() => client.value.deleteRule(id)}
    />
  );
}

const endsWords = (expiresAt: string | null): string =>
  expiresAt === null ? WORDS.arm.endless : WORDS.arm.endsAt(timeOfDay(expiresAt));

interface InForceProps {
  readonly says: string;
  readonly name: string;
  readonly notes: readonly string[];
  end(): Promise<unknown>;
}

function InForce({ says, name, notes, end }: InForceProps) {
  const [isOver, over] = useState(false);
  return (
    <div class="armed" role="status">
      <p>{isOver ? WORDS.arm.ended(name) : says}</p>
      {!isOver && (
        <div class="controls">
          <a class="button primary" href={panelHash('now')}>
            {WORDS.arm.watch}
          </a>
          <ActionButton
            label={WORDS.arm.end}
            busyLabel={WORDS.arm.ending}
            act={async () => {
              await end();
              over(true);
            }}
          />
        </div>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
