// Fields that a profile and a single rule have alike: how long and on how much, which webhooks, which doors and connections.
import type { Targets } from '../../../../admin/contract/targets.ts';
import { WORDS } from '../../words/shelf.ts';
import { Picks } from './aim-fields.tsx';
import type { ArmDraft } from './arming.ts';
import { FieldNote } from './field-note.tsx';
import type { Wrong } from './refusal.ts';
import { TextField } from './text-field.tsx';

type HowMuch = Pick<ArmDraft, 'ttl' | 'share'>;

interface HowLongProps {
  readonly draft: HowMuch;
  readonly shareHint: string;
  readonly wrong: Wrong;
  put(part: Partial<HowMuch>): void;
}

export function HowLong({ draft: { ttl, share }, shareHint, wrong, put }: HowLongProps) {
  return (
    <div class="row">
      <TextField
        label={WORDS.arm.ttl}
        hint={WORDS.arm.ttlHint}
        value={ttl}
        suggestions={['30s', '2m', '10m', '1h']}
        says={wrong.at('ttl')}
        change={(ttl) => put({ ttl })}
      />
      <TextField
        label={WORDS.arm.share}
        hint={shareHint}
        type="number"
        unit="%"
        value={share}
        says={wrong.at('share')}
        change={(share) => put({ share })}
      />
    </div>
  );
}

interface EventsProps {
  readonly targets: Targets;
  readonly picked: readonly string[];
  readonly wrong: Wrong;
  change(events: readonly string[]): void;
}

export function Events({ targets, picked, wrong, change }: EventsProps) {
  return (
    <Picks
      legend={WORDS.arm.events}
      hint=""
      names={targets.events}
      {...{ picked, change }}
      says={wrong.at('match.events')}
    />
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
