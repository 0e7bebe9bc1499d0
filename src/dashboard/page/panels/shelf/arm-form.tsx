// Arms a profile: for whom, on which share, for how long, and what that means before the press.
import { useState } from 'preact/hooks';
import type { Kind, Profile } from '../../../../admin/contract/contract.ts';
import type { Targets } from '../../../../admin/contract/targets.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { AimFields, Picks } from './aim-fields.tsx';
import { Armed } from './armed.tsx';
import { type ArmDraft, bodyOf, FIRST_DRAFT, mayAimAt, type Reach, reachOf, sentenceOf } from './arming.ts';
import { FieldNote } from './field-note.tsx';
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
        <HowLong {...{ draft, wrong, put }} />
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

function HowLong({ draft, wrong, put }: PartProps) {
  return (
    <div class="row">
      <TextField
        label={WORDS.arm.ttl}
        hint={WORDS.arm.ttlHint}
        value={draft.ttl}
        suggestions={['30s', '2m', '10m', '1h']}
        says={wrong.at('ttl')}
        change={(ttl) => put({ ttl })}
      />
      <TextField
        label={WORDS.arm.share}
        hint={WORDS.arm.shareHint}
        type="number"
        unit="%"
        value={draft.share}
        says={wrong.at('share')}
        change={(share) => put({ share })}
      />
    </div>
  );
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
        <Picks
          legend={WORDS.arm.events}
          hint=""
          names={targets.events}
          picked={aim.events}
          says={wrong.at('match.events')}
          change={(events) => put({ aim: { ...aim, events } })}
        />
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

interface DoorsProps {
  readonly doors: readonly string[];
  readonly connections: string;
  readonly targets: Targets;
  readonly wrong: Wrong;
  putDoors(doors: readonly string[]): void;
  putConnections(connections: string): void;
}

export function DoorsAndConnections({ doors, connections, targets, wrong, putDoors, putConnections }: DoorsProps) {
  return (
    <>
      <Picks
        legend={WORDS.arm.doors}
        hint={targets.doors.length === 0 ? WORDS.arm.noDoors : WORDS.arm.doorsHint}
        names={targets.doors}
        picked={doors}
        says={wrong.at('match.doors')}
        change={putDoors}
      />
      <div class="field">
        <label for="reach">{WORDS.arm.connections}</label>
        <select
          id="reach"
          value={connections}
          aria-describedby="reach-why"
          onChange={({ currentTarget }) => putConnections(currentTarget.value)}
        >
          {Object.entries(WORDS.arm.reaches).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <FieldNote id="reach-why" says={wrong.at('connections')} />
      </div>
    </>
  );
}
