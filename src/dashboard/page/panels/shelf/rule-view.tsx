// A single rule: one kind of fault in its own words, with its parameters by its own schema, aimed and put in force without a file.
import { useState } from 'preact/hooks';
import type { AddedRule, Kind, RuleBody } from '../../../../admin/contract/contract.ts';
import { Notice } from '../../parts/notice.tsx';
import { client, mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { AimFields } from './aim-fields.tsx';
import { RuleInForce } from './armed.tsx';
import { sentenceOf, struckBy } from './arming.ts';
import { Heading } from './heading.tsx';
import { DoorsAndConnections, Events, HowLong } from './how-fields.tsx';
import { Press, useSending } from './press.tsx';
import { type Wrong, wrongAmong, wrongOf } from './refusal.ts';
import { FIRST_RULE, type RuleDraft, ruleBodyOf } from './ruling.ts';
import { fieldsOf, placesOf } from './schema-form/field.ts';
import { SchemaFields } from './schema-form/schema-fields.tsx';
import type { Stock } from './stock.ts';

export function RuleView({ name, stock }: { readonly name: string; readonly stock: Stock }) {
  const kind = stock.kinds.find((one) => one.name === name);
  if (!kind) return <Notice title={WORDS.rule.unknown(name)} tone="bad" />;
  return (
    <article class="one">
      <header>
        <Heading name={kind.name} />
        <dl class="kind">
          <dt>{WORDS.rule.seen}</dt>
          <dd>{kind.summary}</dd>
          <dt>{WORDS.rule.wire}</dt>
          <dd>
            {kind.signature.says} {kind.directOnly && WORDS.rule.direct}
          </dd>
          <dt>{WORDS.rule.teaches}</dt>
          <dd>{kind.teaches}</dd>
        </dl>
      </header>
      <RuleForm kind={kind} targets={stock.targets} />
    </article>
  );
}

const FIELDS = [
  ...['with', 'match.operations', 'match.clients', 'match.doors', 'match.events'],
  ...['share', 'ttl', 'connections'],
];

function RuleForm({ kind, targets }: { readonly kind: Kind; readonly targets: Stock['targets'] }) {
  const [draft, change] = useState<RuleDraft>(FIRST_RULE);
  const { busy, wrong, done, send, refuse } = useSending<AddedRule>();
  const fields = fieldsOf(kind.parameters);
  const places = [...FIELDS, ...placesOf(fields, 'with')];
  const { body, mistakes } = ruleBodyOf(kind, draft);
  const press = (event: Event): void => {
    event.preventDefault();
    const said = mistakes.map(({ path, wrong }) => ({ path: `with.${path}`, message: WORDS.schema[wrong] }));
    if (said.length > 0) refuse(wrongAmong(said, places));
    else
      void send(
        () => client.value.addRule(body),
        (error) => wrongOf(error, places),
      );
  };
  return (
    <form class="card arm" aria-labelledby="rule-title" onSubmit={press}>
      <fieldset class="plain" disabled={!mayChange.value}>
        <h3>{WORDS.rule.parameters}</h3>
        {fields.length === 0 && <p class="muted">{WORDS.rule.noParameters}</p>}
        <SchemaFields
          fields={fields}
          drafts={draft.parameters}
          path="with"
          wrong={wrong}
          change={(parameters) => change({ ...draft, parameters })}
        />
        {wrong.at('with') !== null && (
          <p class="bad why" role="alert">
            {wrong.at('with')}
          </p>
        )}
        <h3 id="rule-title">{WORDS.rule.title}</h3>
        <Aimed {...{ kind, targets, draft, wrong, change }} />
      </fieldset>
      <Sent body={body} />
      <Press
        sentence={sentenceOf(kind.name, draft, reachOfKind(kind))}
        label={WORDS.rule.press}
        busyLabel={WORDS.rule.pressing}
        refused={WORDS.rule.refused}
        {...{ wrong, busy }}
      />
      {done && <RuleInForce done={done} />}
    </form>
  );
}

const reachOfKind = (kind: Kind) => ({ struck: [struckBy(kind)], operations: null, clients: null, strikesSome: false });

interface AimedProps {
  readonly kind: Kind;
  readonly targets: Stock['targets'];
  readonly draft: RuleDraft;
  readonly wrong: Wrong;
  change(draft: RuleDraft): void;
}

function Aimed({ kind, targets, draft, wrong, change }: AimedProps) {
  const { aim } = draft;
  const put = (part: Partial<RuleDraft>): void => change({ ...draft, ...part });
  const reach = reachOfKind(kind);
  const isWebhook = reach.struck.includes('webhooks');
  return (
    <>
      <AimFields {...{ aim, reach, targets, wrong }} change={(aim) => put({ aim })} />
      <HowLong {...{ draft, wrong, put }} shareHint={WORDS.arm.ruleShareHint} />
      <details open={wrong.at('match.doors') !== null || wrong.at('connections') !== null || undefined}>
        <summary>{WORDS.arm.more}</summary>
        {isWebhook ? (
          <Events {...{ targets, wrong }} picked={aim.events} change={(events) => put({ aim: { ...aim, events } })} />
        ) : (
          <DoorsAndConnections
            doors={aim.doors}
            connections={draft.connections}
            {...{ targets, wrong }}
            putDoors={(doors) => put({ aim: { ...aim, doors } })}
            putConnections={(connections) => put({ connections })}
          />
        )}
      </details>
    </>
  );
}

/** For who wants to do the same by a test or the command line. */
function Sent({ body }: { readonly body: RuleBody }) {
  return (
    <details>
      <summary>{WORDS.rule.sent}</summary>
      <pre>{JSON.stringify(body, undefined, 2)}</pre>
    </details>
  );
}
