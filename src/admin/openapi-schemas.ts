// The component schemas of admin's OpenAPI document: a name for each shape, and the parameters of each kind as their own.
import { z } from 'zod';
import { faults } from '../faults/registry.ts';
import { matchSchema, ruleSchema, shareSchema } from '../faults/rule.ts';
import { ENTRY_KINDS } from '../journal/entry.ts';
import { verifyRequest } from '../journal/verify.ts';
import { profileSchema } from '../shelf/profile.ts';
import { beliefRequest, beliefRow } from './belief/belief-row.ts';
import * as contract from './contract/contract.ts';
import * as entry from './contract/entry.ts';
import * as ledger from './contract/ledger.ts';
import * as load from './contract/load.ts';
import * as playback from './contract/playback.ts';
import * as requests from './contract/requests.ts';
import * as state from './contract/state.ts';
import * as webhooks from './contract/webhooks.ts';

export type Json = Readonly<Record<string, unknown>>;

const pascal = (name: string): string => name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const entryName = (kind: string): string => `${pascal(kind)}Entry`;

/** The same whether asked or answered. */
const SHARED = { Match: matchSchema, Share: shareSchema };

const ANSWERED: Readonly<Record<string, z.ZodType>> = {
  ...SHARED,
  Kind: contract.kindShape,
  Mistake: contract.mistakeShape,
  ProfileLine: contract.profileLineShape,
  Profile: contract.profileShape,
  LivingConnections: contract.livingShape,
  ActiveRule: contract.ruleShape,
  AddedRule: contract.addedRuleShape,
  Activation: contract.activationShape,
  Activated: contract.activatedShape,
  Ended: contract.endedShape,
  ResetDone: contract.resetShape,
  Clock: contract.clockShape,
  ...Object.fromEntries(entry.entryShape.options.map((shape) => [entryName(shape.shape.kind.value), shape])),
  Entry: entry.entryShape,
  Verified: contract.verifiedShape,
  Connection: contract.connectionShape,
  Severed: contract.severedShape,
  Action: contract.actionShape,
  Reloaded: contract.reloadedShape,
  Cleared: contract.clearedShape,
  Readiness: contract.readyShape,
  Health: contract.healthShape,
  Problem: contract.problemShape,
  ScenarioLine: playback.scenarioLineShape,
  Playback: playback.playbackShape,
  State: state.stateShape,
  Capacity: load.capacityShape,
  Crowd: load.crowdShape,
  Forecast: load.forecastShape,
  WebhookEndpoint: webhooks.endpointShape,
  AddedWebhookEndpoint: webhooks.addedEndpointShape,
  WebhookDelivery: webhooks.deliveryShape,
  RotatedSecret: webhooks.rotatedSecretShape,
  AuditedOrder: ledger.auditedOrderShape,
  LedgerLine: ledger.ledgerLineShape,
  Difference: ledger.differenceShape,
  Reconciled: ledger.reconciledShape,
  Breach: ledger.breachShape,
  Audited: ledger.auditedShape,
};

const ASKED: Readonly<Record<string, z.ZodType>> = {
  ...SHARED,
  RuleRequest: ruleSchema,
  ProfileRequest: profileSchema,
  CapacityRequest: load.capacityRequest,
  CrowdRequest: load.crowdRequest,
  VerifyRequest: verifyRequest,
  ActivateRequest: requests.activateRequest,
  SeverRequest: requests.severRequest,
  EndRequest: requests.endRequest,
  HealRequest: requests.healRequest,
  ResetRequest: requests.resetRequest,
  ClockRequest: requests.clockRequest,
  PlayRequest: playback.playRequest,
  SeekRequest: playback.seekRequest,
  ByRequest: playback.byRequest,
  WebhookRequest: webhooks.webhookRequest,
  WebhookSecretRequest: webhooks.secretRequest,
  ReconcileRow: beliefRow,
  ReconcileRequest: beliefRequest,
};

type Direction = 'input' | 'output';

const registryOf = (named: Readonly<Record<string, z.ZodType>>) => {
  const registry = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(named)) registry.add(shape, { id });
  return registry;
};
const REGISTRIES = { input: registryOf(ASKED), output: registryOf(ANSWERED) } as const;

const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** A reference where the schema is a component, else the schema itself, which refers to components. */
export function schemaOf(schema: z.ZodType, io: Direction): Json {
  const name = REGISTRIES[io].get(schema)?.id;
  return name === undefined ? written(schema, io) : refTo(name);
}

/** All components by name; those of kinds are the parameters of each, and a rule with them. */
export function componentSchemas(): Json {
  const named = (shapes: Readonly<Record<string, z.ZodType>>, io: Direction): [string, Json][] =>
    Object.entries(shapes).map(([name, shape]) => [name, written(shape, io)]);
  const rule = written(ruleSchema, 'input');
  return {
    ...Object.fromEntries([...named(ANSWERED, 'output'), ...named(ASKED, 'input')]),
    ...Object.fromEntries(faults.map(({ name, params }) => [parametersName(name), written(params, 'input')])),
    ...Object.fromEntries(faults.map((fault) => [ruleName(fault.name), ruleOf(fault, rule)])),
    RuleRequest: unionBy('fault', new Map(faults.map(({ name }) => [name, ruleName(name)]))),
    Entry: unionBy('kind', new Map(ENTRY_KINDS.map((kind) => [kind, entryName(kind)]))),
    FaultParameters: { anyOf: faults.map(({ name }) => refTo(parametersName(name))) },
  };
}

/** One of several components, told apart by the value of a property. */
const unionBy = (propertyName: string, named: ReadonlyMap<string, string>): Json => ({
  oneOf: [...named.values()].map(refTo),
  discriminator: {
    propertyName,
    mapping: Object.fromEntries([...named].map(([value, name]) => [value, refTo(name).$ref])),
  },
});

/** A rule of one kind, whose `with` is the kind's own. */
function ruleOf({ name, summary }: (typeof faults)[number], rule: Json): Json {
  const properties = { ...(rule.properties as Json), fault: { const: name }, with: refTo(parametersName(name)) };
  return { ...rule, description: summary, properties };
}

/** The schema itself, also where it is a component; what it refers to is referred to as a component. */
function written(schema: z.ZodType, io: Direction): Json {
  const metadata = REGISTRIES[io];
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata, override: described });
  const text = JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs = {}, ...root } = JSON.parse(text) as Record<string, unknown> & { $defs?: Record<string, Json> };
  const own = $defs[metadata.get(schema)?.id ?? ''] ?? root; // a component is written as a reference to itself
  return Object.fromEntries(Object.entries(own).filter(([key]) => key !== '$schema' && key !== 'id' && key !== '$id'));
}

interface Written {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}

/** Puts in what schemas say of themselves, which our registry does not hold; and the parameters of a rule of any kind. */
function described({ zodSchema, jsonSchema }: Written): void {
  if (zodSchema === ruleSchema.shape.with) {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    jsonSchema.$ref = refTo('FaultParameters').$ref as string;
  }
  const { bare, ...said } = z.globalRegistry.get(zodSchema) ?? {};
  Object.assign(jsonSchema, said);
  // no word of JSON Schema
  if (bare !== undefined) jsonSchema.description = `${said.description ?? ''}; ${bare} when armed bare`;
}

const parametersName = (kind: string): string => `${pascal(kind)}Parameters`;
const ruleName = (kind: string): string => `${pascal(kind)}Rule`;
