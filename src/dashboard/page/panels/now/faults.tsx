// The faults in force: what, on whom, on which share, for how long still, and how often they acted.
import type { Activation, ActiveRule } from '../../../../admin/contract/contract.ts';
import { clockOf, count, share } from '../../format.ts';
import { latest, state } from '../../live/kept.ts';
import { serverNow } from '../../live/live.ts';
import { SEALED } from '../../live/sealed.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { panelHash } from '../../route.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/now.ts';

/** What stands for one activation, or for one single rule. */
interface InForce {
  readonly key: string;
  readonly title: string;
  readonly summary: string | null;
  readonly rules: readonly ActiveRule[];
  /** Of its activation: it and the rules' own targets must both fit. */
  readonly match: Activation['match'];
  readonly expiresAt: string | null;
  end(): Promise<unknown>;
}

export function Faults() {
  const all = inForce();
  return (
    <section class="card faults" aria-labelledby="faults-title">
      <h2 id="faults-title">
        {WORDS.faults} {all.length > 0 && <span class="tag hot">{all.length}</span>}
      </h2>
      {all.length === 0 ? (
        <p class="empty">
          {WORDS.noFaults}{' '}
          {mayChange.value && (
            <>
              <a href={panelHash('shelf')}>{WORDS.armHere}</a> {WORDS.or}{' '}
              <a href={panelHash('shelf', { show: 'scenarios' })}>{WORDS.playHere}</a>.
            </>
          )}
        </p>
      ) : (
        <ul class="chips">
          {all.map((one, at) => (
            <FaultChip {...one} key={`${at} ${one.key}`} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FaultChip({ title, summary, rules, match, expiresAt, end }: InForce) {
  return (
    <li class="chip">
      <div class="head">
        <strong>{title}</strong>
        <TimeLeft activation={expiresAt} rules={rules} />
        {mayChange.value && title !== SEALED && (
          <ActionButton
            kind="quiet"
            label={WORDS.end}
            busyLabel={WORDS.ending}
            describedAs={`${WORDS.end} ${title}`}
            act={end}
          />
        )}
      </div>
      {summary !== null && <p class="muted">{summary}</p>}
      <ul class="rules">
        {rules.map((rule, at) => (
          <RuleLine key={`${at} ${rule.id}`} rule={rule} within={match} />
        ))}
      </ul>
    </li>
  );
}

function RuleLine({ rule, within }: { readonly rule: ActiveRule; readonly within: Activation['match'] }) {
  const newer = rule.id === SEALED ? undefined : latest.value?.rules.find(({ id }) => id === rule.id);
  const now = newer ?? rule;
  const shareNow = 'share' in now && typeof now.share === 'number' ? now.share : rule.shareNow;
  return (
    <li>
      <code>{rule.fault}</code> <span>{targetsOf(rule.match, within)}</span>{' '}
      <span>{WORDS.onShare(share(shareNow))}</span>{' '}
      <span class="number">{now.acted === null ? WORDS.uncounted : WORDS.acts(count(now.acted))}</span>
      {now.held > 0 && <span class="number hot"> {WORDS.holds(count(now.held))}</span>}
    </li>
  );
}

interface TimeLeftProps {
  readonly activation: string | null;
  readonly rules: readonly ActiveRule[];
}

/** It ends with its activation, or with the last of its rules. */
function TimeLeft({ activation, rules }: TimeLeftProps) {
  const endOf = (at: string | null): number => (at === null ? Number.POSITIVE_INFINITY : Date.parse(at));
  const lastRule = Math.max(...rules.map(({ expiresAt }) => endOf(expiresAt)));
  const leftMs = Math.min(endOf(activation), lastRule) - serverNow();
  if (leftMs === Number.POSITIVE_INFINITY) return <span class="left">{WORDS.endless}</span>;
  return <span class="left">{leftMs <= 0 ? WORDS.over : WORDS.left(clockOf(leftMs))}</span>;
}

function targetsOf(own: ActiveRule['match'], within: Activation['match']): string {
  const parts = [...new Set([...partsOf(own), ...partsOf(within ?? undefined)])];
  return parts.length === 0 ? WORDS.targets.everything : parts.join(', ');
}

function partsOf(match: ActiveRule['match']): string[] {
  const { clients = [], operations = [], ...others } = match ?? {};
  const rest = Object.entries(others).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${textOf(value)}`],
  );
  return [...operations, ...clients.map((name) => `@${name}`), ...rest];
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : JSON.stringify(value));

function inForce(): InForce[] {
  const now = state.value;
  if (!now) return [];
  const ofActivation = ({ activation, profile, summary, rules, match, expiresAt }: Activation): InForce => ({
    key: `a ${activation}`,
    title: activation === profile ? profile : `${profile} as ${activation}`,
    summary: summary === profile ? null : summary,
    ...{ rules, match, expiresAt },
    end: () => client.value.endActivation(activation),
  });
  const ofRule = (rule: ActiveRule): InForce => ({
    key: `r ${rule.id}`,
    title: rule.id,
    summary: WORDS.single,
    ...{ rules: [rule], match: null, expiresAt: rule.expiresAt },
    end: () => client.value.deleteRule(rule.id),
  });
  return [...now.activations.map(ofActivation), ...now.rules.map(ofRule)].filter(isStill);
}

/** A rule that came to its end by itself makes no action, and is gone from the figures. */
function isStill({ rules }: InForce): boolean {
  const now = latest.value;
  const told = state.value;
  if (!now || !told || now.rulesLeftOut > 0) return true;
  const toldSince = rules.some(({ since }) => Date.parse(since) > Date.parse(now.at) - 1000);
  return toldSince || rules.some(({ id }) => now.rules.some((rule) => rule.id === id));
}
