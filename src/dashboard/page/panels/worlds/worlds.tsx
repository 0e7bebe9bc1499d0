// The worlds: which exist, the way into each, and making and deleting one.
import type { World } from '../../../../admin/contract/worlds.ts';
import { count, dayAndTime } from '../../format.ts';
import { useAsked } from '../../parts/asked.ts';
import { baseUrlOf } from '../../parts/base-url.ts';
import { Notice } from '../../parts/notice.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { DEFAULT_WORLD, hashOf, worldName } from '../../route.ts';
import { mayChange, server } from '../../session.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { WORDS } from '../../words/worlds.ts';
import { DeleteWorld } from './delete-world.tsx';
import { MakeWorld } from './make-world.tsx';
import './worlds.css';

const EVERY_MS = 3000;

export function Worlds() {
  const { data, why, again } = useAsked(() => server.value.worlds(), { of: [server.value], everyMs: EVERY_MS });
  return (
    <div class="worlds">
      <Trouble why={why} again={again} />
      {data === null && why === null && <Notice title={SHELL.loading} busy />}
      {data !== null && <Listed worlds={data} again={again} />}
    </div>
  );
}

interface ListedProps {
  readonly worlds: readonly World[];
  again(): void;
}

function Listed({ worlds, again }: ListedProps) {
  return (
    <>
      <section class="card" aria-labelledby="worlds-title">
        <h2 id="worlds-title">
          {WORDS.title} <span class="tag">{count(worlds.length)}</span>
        </h2>
        <p class="muted">{WORDS.says}</p>
        <ul class="lines">
          {worlds.map((world) => (
            <Line key={world.name} world={world} url={baseUrlOf(world.name, worlds)} again={again} />
          ))}
        </ul>
      </section>
      <MakeWorld worlds={worlds} again={again} />
    </>
  );
}

interface LineProps {
  readonly world: World;
  readonly url: string | null;
  again(): void;
}

function Line({ world, url, again }: LineProps) {
  const { columns } = WORDS;
  const { name, catalog, seed, made, startedAt, rules, open, held } = world;
  const isHere = name === worldName.value;
  return (
    <li class={isHere ? 'line here' : 'line'}>
      <div class="head">
        <a class="name" href={hashOf({ world: name, panel: 'now' })} aria-current={isHere ? 'true' : undefined}>
          {name}
        </a>
        {isHere && <span class="tag">{WORDS.here}</span>}
        <span class="figures">
          <Figure name={columns.rules} value={rules} hot={rules > 0} />
          <Figure name={columns.open} value={open} />
          <Figure name={columns.held} value={held} hot={held > 0} />
        </span>
      </div>
      {url !== null && (
        <p>
          <span class="muted">{columns.url}</span> <code>{url}</code>
          {world.upstream !== undefined && name !== DEFAULT_WORLD && <span class="muted"> ({WORDS.ownDoor})</span>}
        </p>
      )}
      <div class="foot">
        <dl class="facts">
          <Fact name={columns.catalog} value={catalog} />
          <Fact name={columns.seed} value={String(seed)} />
          <Fact name={columns.made} value={WORDS.made[made] ?? made} />
          <Fact name={columns.since} value={dayAndTime(startedAt)} />
        </dl>
        {name !== DEFAULT_WORLD && mayChange.value && <DeleteWorld name={name} again={again} />}
      </div>
    </li>
  );
}

function Figure({
  name,
  value,
  hot = false,
}: {
  readonly name: string;
  readonly value: number;
  readonly hot?: boolean;
}) {
  return (
    <span class={hot ? 'hot' : undefined}>
      <strong class="number">{count(value)}</strong> {name.toLowerCase()}
    </span>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
