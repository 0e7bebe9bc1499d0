// One profile: its words, what is wrong with its file, the form that arms it, and its text.
import type { Kind, Profile } from '../../../../admin/contract/contract.ts';
import { AdminError } from '../../../../sdk/errors.ts';
import { state } from '../../live/kept.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { useAsked } from '../../parts/asked.ts';
import { wordsOfMark } from '../../parts/line-marks.ts';
import { Notice } from '../../parts/notice.tsx';
import { YamlText } from '../../parts/yaml-text.tsx';
import { panelHash } from '../../route.ts';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { ArmForm } from './arm-form.tsx';
import { listed } from './arming.ts';
import { Heading } from './heading.tsx';
import type { Stock } from './stock.ts';

export function ProfileView({ name, stock }: { readonly name: string; readonly stock: Stock }) {
  const line = stock.profiles.find((one) => one.name === name);
  const { data: profile, why, error } = useAsked(() => client.value.profile(name), { of: [client.value, name, line] });
  if (why !== null) return <NotThere name={name} error={error} why={why} />;
  if (profile === null) return <Notice title={SHELL.loading} busy />;
  return (
    <article class="one">
      <header>
        <Heading name={profile.name} />
        <p>{profile.summary}</p>
        <InForceAs name={profile.name} />
      </header>
      {profile.errors.length > 0 && <Mistakes says={WORDS.profile.bad} errors={profile.errors} />}
      <ArmForm profile={profile} kinds={stock.kinds} targets={stock.targets} />
      <Rules profile={profile} kinds={stock.kinds} />
      <Written profile={profile} />
    </article>
  );
}

function NotThere({ name, error, why }: { readonly name: string; readonly error: unknown; readonly why: string }) {
  const errors = error instanceof AdminError ? (error.problem.errors ?? []) : [];
  if (errors.length === 0) return <Notice title={WORDS.profile.gone} text={why} tone="bad" />;
  return (
    <article class="one">
      <Heading name={name} />
      <Mistakes says={WORDS.profile.neverGood} errors={errors} />
    </article>
  );
}

function Mistakes({ says, errors }: { readonly says: string; readonly errors: Profile['errors'] }) {
  return (
    <section class="card mistakes" role="alert">
      <p class="bad">{says}</p>
      <ul>
        {errors.map(({ file, line, ...mistake }) => (
          <li key={`${file} ${line} ${wordsOfMark(mistake)}`}>
            <code>{[file, line].filter((part) => part !== undefined).join(':')}</code> {wordsOfMark(mistake)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As the stream says it, which is of now. */
function InForceAs({ name }: { readonly name: string }) {
  const names = (state.value?.activations ?? [])
    .filter(({ profile }) => profile === name)
    .map(({ activation }) => activation);
  if (names.length === 0) return null;
  return (
    <p class="hot">
      {WORDS.arm.inForce(listed(names))} <a href={panelHash('now')}>{WORDS.arm.watch}</a>
    </p>
  );
}

function Rules({ profile, kinds }: { readonly profile: Profile; readonly kinds: readonly Kind[] }) {
  return (
    <section class="card" aria-labelledby="rules-title">
      <h3 id="rules-title">{WORDS.profile.rules}</h3>
      <ul class="rules">
        {profile.rules.map((rule, index) => (
          <li key={index}>
            <a href={panelHash('shelf', { show: 'rule', kind: rule.fault })}>
              <code>{rule.fault}</code>
            </a>{' '}
            <span>{kinds.find(({ name }) => name === rule.fault)?.summary}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The text in force, and beside it the newest file where that one has mistakes. */
function Written({ profile }: { readonly profile: Profile }) {
  const { name, text, badText, errors, source } = profile;
  return (
    <section class="card" aria-labelledby="text-title">
      <div class="head">
        <h3 id="text-title">{WORDS.profile.text}</h3>
        {mayChange.value && <a href={panelHash('shelf', { show: 'write', profile: name })}>{WORDS.profile.edit}</a>}
        {mayChange.value && source === 'memory' && (
          <ActionButton
            kind="quiet"
            label={WORDS.profile.remove}
            busyLabel={WORDS.profile.removing}
            act={async () => {
              await client.value.deleteProfile(name);
              location.hash = panelHash('shelf');
            }}
          />
        )}
      </div>
      <YamlText label={`${name}.yaml`} text={text} />
      {badText !== null && (
        <>
          <h3>{WORDS.profile.newest}</h3>
          <YamlText label={WORDS.profile.newest} text={badText} marks={errors} />
        </>
      )}
      {badText === null && errors.length > 0 && !mayChange.value && <p class="muted">{WORDS.profile.onlyGood}</p>}
    </section>
  );
}
