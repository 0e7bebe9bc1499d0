// The shelf: what can be armed and played, with its words; what is picked, and what can be done with it, stands beside the list.
import { latest, state } from '../../live/kept.ts';
import { SEALED } from '../../live/sealed.ts';
import { useAsked } from '../../parts/asked.ts';
import { Notice } from '../../parts/notice.tsx';
import { panelHash, place } from '../../route.ts';
import { client, mayChange, server } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { ProfileList, RuleList, ScenarioList } from './lists.tsx';
import { ProfileView } from './profile-view.tsx';
import { RuleView } from './rule-view.tsx';
import { ScenarioView } from './scenario-view.tsx';
import './shelf.css';
import { Start } from './start.tsx';
import type { Stock } from './stock.ts';
import { WriteView } from './write-view.tsx';

const SHOWS = ['profiles', 'scenarios', 'rule', 'write'] as const;
type Show = (typeof SHOWS)[number];

export function Shelf() {
  const { query } = place.value;
  const show = showOf(query);
  const picked = query.profile ?? query.scenario ?? query.kind ?? null;
  const stock = useStock();
  return (
    <div class={`shelf ${show} ${picked === null ? '' : 'picked'}`}>
      <Tabs show={show} />
      <Said />
      {show === 'write' ? (
        <WriteView from={query.profile ?? null} />
      ) : stock.why !== null ? (
        <Notice title={SHELL.panelFailed} text={stock.why} tone="bad" />
      ) : stock.data === null ? (
        <Notice title={SHELL.loading} busy />
      ) : (
        <Sides show={show} picked={picked} stock={stock.data} />
      )}
    </div>
  );
}

function Sides({
  show,
  picked,
  stock,
}: {
  readonly show: Show;
  readonly picked: string | null;
  readonly stock: Stock;
}) {
  return (
    <div class="sides">
      {show === 'profiles' && <ProfileList profiles={stock.profiles} picked={picked} />}
      {show === 'scenarios' && <ScenarioList scenarios={stock.scenarios} picked={picked} />}
      {show === 'rule' && <RuleList kinds={stock.kinds} picked={picked} />}
      <div class="pick">
        {picked === null ? (
          <Start show={show} profiles={stock.profiles} />
        ) : (
          <>
            <a class="back" href={panelHash('shelf', { show })}>
              {WORDS.list.back}
            </a>
            <Picked key={`${show} ${picked}`} show={show} picked={picked} stock={stock} />
          </>
        )}
      </div>
    </div>
  );
}

function Picked({ show, picked, stock }: { readonly show: Show; readonly picked: string; readonly stock: Stock }) {
  if (show === 'scenarios') return <ScenarioView name={picked} scenarios={stock.scenarios} />;
  return show === 'rule' ? <RuleView name={picked} stock={stock} /> : <ProfileView name={picked} stock={stock} />;
}

function Tabs({ show }: { readonly show: Show }) {
  return (
    <nav class="tabs" aria-label={SHELL.panels.shelf}>
      {SHOWS.map((one) => (
        <a
          key={one}
          href={panelHash('shelf', one === 'profiles' ? {} : { show: one })}
          aria-current={one === show ? 'true' : undefined}
        >
          {WORDS.shows[one]}
        </a>
      ))}
    </nav>
  );
}

/** What this token may not do, or is not told. */
function Said() {
  if (mayChange.value) return null;
  return (
    <div class="banner" role="status">
      <p>{WORDS.viewer}</p>
      {latest.value?.story.scenario === SEALED && <p>{WORDS.sealed}</p>}
    </div>
  );
}

/** Asked anew when the shelf, or what is in force of it, has changed. */
function useStock(): { readonly why: string | null; readonly data: Stock | null } {
  const now = state.value;
  const mark = JSON.stringify([
    now?.profiles,
    now?.activations.map(({ activation }) => activation),
    now?.playback.status,
  ]);
  const fixed = useAsked(() => Promise.all([server.value.kinds(), client.value.targets()]), {
    of: [server.value, client.value],
  });
  const lists = useAsked(() => Promise.all([client.value.profiles(), client.value.scenarios()]), {
    of: [client.value, mark],
  });
  const why = fixed.why ?? lists.why;
  if (!fixed.data || !lists.data) return { why, data: null };
  const [[kinds, targets], [profiles, scenarios]] = [fixed.data, lists.data];
  return { why, data: { kinds, targets, profiles, scenarios } };
}

/** A name of something says what is shown, also without a word of it. */
function showOf({ show, scenario, kind }: Readonly<Record<string, string>>): Show {
  const named = SHOWS.find((one) => one === show);
  if (named) return named;
  if (scenario !== undefined) return 'scenarios';
  return kind === undefined ? 'profiles' : 'rule';
}
