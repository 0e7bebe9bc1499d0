// Arms a profile: for whom, on which share, for how long, and what that means before the press.
import { useState } from 'preact/hooks';
import type { Kind, Profile } from '../../../../admin/contract/contract.ts';
import type { Targets } from '../../../../admin/contract/targets.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { AimFields } from './aim-fields.tsx';
import { Armed } from './armed.tsx';
import { type ArmDraft, bodyOf, FIRST_DRAFT, mayAimAt, type Reach, reachOf, sentenceOf } from './arming.ts';
import { DoorsAndConnections, Events, HowLong } from './how-fields.tsx';
import { Press, useSending } from './press.tsx';
import { type Wrong, wrongOf } from './refusal.ts';
import { TextField } from './text-field.tsx';

const FIELDS = [
  ...['match.operations', 'match.clients', 'match.doors', 'match.events'],
  ...['share', 'ttl', 'as', 'note', 'connections'],
];
/** A refusal that names no field, and is about one all the same. */
const ABOUT = { rule_exists: 'as' };

interface ArmProps {
  readonly profile: Profile;
  readonly kinds: readonly Kind[];
  readonly targets: Targets;
}

export function ArmForm({ profile, kinds, targets }: ArmProps) {
  const [draft, change] = useState<ArmDraft>(FIRST_DRAFT);
  const { busy, wrong, done, send } = useSending<Awaited<ReturnType<typeof client.value.activate>>>();
  const reach = reachOf(profile.rules, kinds);
  const press = (event: Event): void => {
    event.preventDefault();
    void send(
      () => client.value.activate(profile.name, bodyOf(draft)),
      (error) => wrongOf(error, FIELDS, ABOUT),
    );
  };
  const put = (part: Partial<ArmDraft>): void => change({ ...draft, ...part });
  return (
    <form class="card arm" aria-labelledby="arm-title" onSubmit={press}>
      <h3 id="arm-title">{WORDS.arm.title}</h3>
      <fieldset class="plain" disabled={!mayChange.value}>
        <AimFields {...{ aim: draft.aim, reach, targets, wrong }} change={(aim) => put({ aim })} />
        <HowLong {...{ draft, wrong, put }} shareHint={WORDS.arm.shareHint} />
        <More {...{ draft, reach, targets, wrong, put }} />
      </fieldset>
      <Press
        sentence={sentenceOf(profile.name, draft, reach)}
        label={WORDS.arm.press}
        busyLabel={WORDS.arm.pressing}
        refused={WORDS.arm.refused}
        {...{ wrong, busy }}
      />
      {done && <Armed done={done} />}
    </form>
  );
}

interface PartProps {
  readonly draft: ArmDraft;
  readonly wrong: Wrong;
  put(part: Partial<ArmDraft>): void;
}

function More({ draft, reach, targets, wrong, put }: PartProps & { readonly reach: Reach; readonly targets: Targets }) {
  const { aim } = draft;
  const isWrong = ['as', 'note', 'match.doors', 'match.events', 'connections'].some((path) => wrong.at(path) !== null);
  return (
    <details open={isWrong || undefined}>
      <summary>{WORDS.arm.more}</summary>
      <div class="row">
        <TextField
          label={WORDS.arm.as}
          hint={WORDS.arm.asHint}
          value={draft.as}
          says={wrong.at('as')}
          change={(as) => put({ as })}
        />
        <TextField
          label={WORDS.arm.note}
          hint={WORDS.arm.noteHint}
          value={draft.note}
          says={wrong.at('note')}
          change={(note) => put({ note })}
        />
      </div>
      {mayAimAt(reach.struck).events && (
        <Events {...{ targets, wrong }} picked={aim.events} change={(events) => put({ aim: { ...aim, events } })} />
      )}
      <DoorsAndConnections
        doors={aim.doors}
        connections={draft.connections}
        {...{ targets, wrong }}
        putDoors={(doors) => put({ aim: { ...aim, doors } })}
        putConnections={(connections) => put({ connections })}
      />
    </details>
  );
}
