// Whom and what it strikes: operations and clients to pick, doors and types of webhooks where they matter.
import { useId } from 'preact/hooks';
import type { Targets } from '../../../../admin/contract/targets.ts';
import { latest } from '../../live/kept.ts';
import { WORDS } from '../../words/shelf.ts';
import { type Aim, mayAimAt, type Reach } from './arming.ts';
import { FieldNote } from './field-note.tsx';
import type { Wrong } from './refusal.ts';

interface AimProps {
  readonly aim: Aim;
  readonly reach: Pick<Reach, 'struck' | 'operations' | 'clients'>;
  readonly targets: Targets;
  readonly wrong: Wrong;
  change(aim: Aim): void;
}

/** The row of a summary that stands for all others, and no client. */
const OTHERS = 'other';

export function AimFields({ aim, reach, targets, wrong, change }: AimProps) {
  const { struck } = reach;
  const may = mayAimAt(struck);
  if (!may.clients) return <p class="hint">{WORDS.arm.ofConnections}</p>;
  const operations = targets.operations.filter(({ name }) => reach.operations?.includes(name) ?? true);
  return (
    <>
      {may.operations && (
        <Picks
          legend={WORDS.arm.operations}
          hint={WORDS.arm.operationsHint}
          names={operations.map(({ name }) => name)}
          titles={Object.fromEntries(
            operations.map(({ name, method, path }) => [name, `${method ?? ''} ${path ?? ''}`]),
          )}
          picked={aim.operations}
          says={wrong.at('match.operations')}
          change={(operations) => change({ ...aim, operations })}
        />
      )}
      <Clients {...{ aim, reach, wrong, change }} />
    </>
  );
}

function Clients({ aim, reach, wrong, change }: Omit<AimProps, 'targets'>) {
  const id = useId();
  const seen = reach.clients ?? clientsSeen();
  const typed = aim.clients.filter((name) => !seen.includes(name));
  return (
    <fieldset class="picks">
      <legend>{WORDS.arm.clients}</legend>
      <p class="hint">{seen.length === 0 ? WORDS.arm.noClients : WORDS.arm.clientsHint}</p>
      <Checks
        names={seen}
        picked={aim.clients}
        change={(clients) => change({ ...aim, clients: [...clients.filter((name) => seen.includes(name)), ...typed] })}
      />
      <div class="field">
        <label for={id}>{WORDS.arm.otherClients}</label>
        <input
          id={id}
          type="text"
          autocomplete="off"
          placeholder="my-shop"
          aria-invalid={wrong.at('match.clients') !== null}
          aria-describedby={`${id}-why`}
          onInput={({ currentTarget }) => {
            const named = currentTarget.value.split(',').map((name) => name.trim());
            const picked = aim.clients.filter((name) => seen.includes(name));
            change({ ...aim, clients: [...new Set([...picked, ...named.filter(Boolean)])] });
          }}
        />
      </div>
      <FieldNote id={`${id}-why`} says={wrong.at('match.clients')} />
    </fieldset>
  );
}

export const clientsSeen = (): readonly string[] =>
  (latest.value?.clients ?? []).map(({ client }) => client).filter((name) => name !== OTHERS);

interface PicksProps {
  readonly legend: string;
  readonly hint: string;
  readonly names: readonly string[];
  readonly titles?: Readonly<Record<string, string>>;
  readonly picked: readonly string[];
  readonly says: string | null;
  change(picked: readonly string[]): void;
}

export function Picks({ legend, hint, says, ...checks }: PicksProps) {
  const id = useId();
  return (
    <fieldset class="picks" aria-describedby={`${id}-why`}>
      <legend>{legend}</legend>
      <p class="hint">{hint}</p>
      <Checks {...checks} />
      <FieldNote id={`${id}-why`} says={says} />
    </fieldset>
  );
}

function Checks({ names, titles = {}, picked, change }: Omit<PicksProps, 'legend' | 'hint' | 'says'>) {
  const toggle = (name: string, on: boolean): void =>
    change(on ? [...picked, name] : picked.filter((one) => one !== name));
  return (
    <div class="checks">
      {names.map((name) => (
        <label class="check" key={name} title={titles[name]}>
          <input
            type="checkbox"
            checked={picked.includes(name)}
            onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
          />
          <span>{name}</span>
        </label>
      ))}
    </div>
  );
}
