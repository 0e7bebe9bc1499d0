// Whom and what it strikes: operations and clients to pick, doors and types of webhooks where they matter.
import { useId, useRef } from 'preact/hooks';
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
/** Clients that are offered to be picked. */
const MAX_SEEN = 60;

export function AimFields({ aim, reach, targets, wrong, change }: AimProps) {
  const { struck } = reach;
  const may = mayAimAt(struck);
  if (!may.clients) return <p class="hint">{WORDS.arm.ofConnections}</p>;
  const operations = targets.operations.filter(({ name }) => reach.operations?.includes(name) ?? true);
  const [only, ...others] = reach.operations ?? [];
  return (
    <>
      {may.operations && only !== undefined && others.length === 0 && <p>{WORDS.arm.onlyOperation(only)}</p>}
      {may.operations && (only === undefined || others.length > 0) && (
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
  const ever = useClientsSeen();
  const seen = reach.clients ?? ever;
  const typed = aim.clients.filter((name) => !seen.includes(name));
  return (
    <fieldset class="picks">
      <legend>{WORDS.arm.clients}</legend>
      <p class="hint">{clientsHint(reach.clients, seen)}</p>
      <Checks
        names={seen}
        picked={aim.clients}
        change={(clients) => change({ ...aim, clients: [...clients.filter((name) => seen.includes(name)), ...typed] })}
      />
      <div class="field" hidden={reach.clients !== null}>
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

function clientsHint(named: readonly string[] | null, seen: readonly string[]): string {
  if (named !== null) return WORDS.arm.ownClientsHint;
  return seen.length === 0 ? WORDS.arm.noClients : WORDS.arm.clientsHint;
}

/** By name, and kept once they were seen, so that none moves under the pointer. */
function useClientsSeen(): readonly string[] {
  const seen = useRef(new Set<string>());
  for (const { client } of latest.value?.clients ?? [])
    if (client !== OTHERS && seen.current.size < MAX_SEEN) seen.current.add(client);
  return [...seen.current].sort();
}

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
