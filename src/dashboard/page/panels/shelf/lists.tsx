// The lists of what is there, with a box to search them by name and words.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Kind, ProfileLine } from '../../../../admin/contract/contract.ts';
import type { ScenarioLine } from '../../../../admin/contract/playback.ts';
import { latest } from '../../live/kept.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { panelHash } from '../../route.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { matching } from './searching.ts';

interface Item {
  readonly name: string;
  readonly summary: string | null;
}

interface ListProps<One extends Item> {
  readonly label: string;
  readonly hint: string;
  readonly items: readonly One[];
  readonly picked: string | null;
  hashOf(item: One): string;
  tagsOf(item: One): readonly Tag[];
  readonly children?: ComponentChildren;
}

interface Tag {
  readonly says: string;
  readonly tone: '' | 'hot' | 'bad';
}

function List<One extends Item>({ label, hint, items, picked, hashOf, tagsOf, children }: ListProps<One>) {
  const [asked, ask] = useState('');
  const id = useId();
  const found = matching(items, asked);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [picked]);
  return (
    <section class="stock" aria-label={label}>
      <div class="find">
        <label for={id} class="visually-hidden">
          {WORDS.list.find}
        </label>
        <input
          id={id}
          type="search"
          placeholder={`${WORDS.list.find}: ${hint}`}
          value={asked}
          onInput={({ currentTarget }) => ask(currentTarget.value)}
        />
        <span class="muted number" role="status">
          {WORDS.list.count(found.length, items.length)}
        </span>
      </div>
      {found.length === 0 && <p class="empty">{items.length === 0 ? WORDS.list.empty : WORDS.list.none(asked)}</p>}
      <ul ref={list}>
        {found.map((item) => (
          <li key={item.name}>
            <a href={hashOf(item)} aria-current={item.name === picked ? 'true' : undefined}>
              <strong>{item.name}</strong>
              {tagsOf(item).map(({ says, tone }) => (
                <span key={says} class={`tag ${tone}`}>
                  {says}
                </span>
              ))}
              <span class="summary">{item.summary ?? WORDS.list.noSummary}</span>
            </a>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}

export function ProfileList({
  profiles,
  picked,
}: {
  readonly profiles: readonly ProfileLine[];
  readonly picked: string | null;
}) {
  const [says, say] = useState<string | null>(null);
  return (
    <List
      label={WORDS.shows.profiles}
      hint={WORDS.list.findHint.profiles}
      items={profiles}
      picked={picked}
      hashOf={({ name }) => panelHash('shelf', { profile: name })}
      tagsOf={({ activations, source, errors }) => [
        ...(activations.length > 0 ? [{ says: WORDS.list.inForce, tone: 'hot' as const }] : []),
        ...sourceTag(source),
        ...mistakesTag(errors),
      ]}
    >
      {mayChange.value && (
        <p class="foot">
          <ActionButton
            kind="quiet"
            label={WORDS.list.reload}
            busyLabel={WORDS.list.reloading}
            act={async () => {
              say(null);
              say(WORDS.list.reloaded((await client.value.reloadProfiles()).profiles));
            }}
          />{' '}
          <span role="status">{says}</span>
        </p>
      )}
    </List>
  );
}

export function ScenarioList({
  scenarios,
  picked,
}: {
  readonly scenarios: readonly ScenarioLine[];
  readonly picked: string | null;
}) {
  const story = latest.value?.story;
  const isPlaying = (name: string): boolean => story?.scenario === name && story.status !== 'ended';
  return (
    <List
      label={WORDS.shows.scenarios}
      hint={WORDS.list.findHint.scenarios}
      items={scenarios}
      picked={picked}
      hashOf={({ name }) => panelHash('shelf', { show: 'scenarios', scenario: name })}
      tagsOf={({ name, hidden, source, errors }) => [
        ...(isPlaying(name) ? [{ says: WORDS.list.playing, tone: 'hot' as const }] : []),
        ...(hidden ? [{ says: WORDS.list.hidden, tone: '' as const }] : []),
        ...sourceTag(source),
        ...mistakesTag(errors),
      ]}
    />
  );
}

export function RuleList({ kinds, picked }: { readonly kinds: readonly Kind[]; readonly picked: string | null }) {
  return (
    <List
      label={WORDS.shows.rule}
      hint={WORDS.list.findHint.rule}
      items={kinds}
      picked={picked}
      hashOf={({ name }) => panelHash('shelf', { show: 'rule', kind: name })}
      tagsOf={() => []}
    />
  );
}

function sourceTag(source: ProfileLine['source']): Tag[] {
  const says = WORDS.list.source[source];
  return says === null ? [] : [{ says, tone: '' }];
}

const mistakesTag = ({ length }: readonly unknown[]): Tag[] =>
  length === 0 ? [] : [{ says: WORDS.list.mistakes(length), tone: 'bad' }];
