// The client of the admin API alone, for tests and tools of a server that runs elsewhere; needs nothing but Node.
export type { Access } from './admin/contract/access.ts';
export type {
  Action,
  ActivateBody,
  Activated,
  Activation,
  ActiveRule,
  AddedRule,
  Clock,
  ClockBody,
  Connection,
  ConnectionsQuery,
  EndBody,
  Ended,
  HealBody,
  JournalPage,
  JournalQuery,
  Kind,
  Page,
  Problem,
  Profile,
  ProfileLine,
  ResetBody,
  ResetDone,
  RuleBody,
  SeverBody,
  Severed,
  Verified,
  VerifyBody,
} from './admin/contract/contract.ts';
export type { Entry, EntryOfKind } from './admin/contract/entry.ts';
export type { HouseMap, HousePage } from './admin/contract/house.ts';
export type { Audited, LedgerPage, ReconcileBody, Reconciled } from './admin/contract/ledger.ts';
export type { CapacityAnswer, CapacityBody, CrowdAnswer, CrowdBody, ForecastAnswer } from './admin/contract/load.ts';
export type { NamedOperation, OperationName } from './admin/contract/operations.ts';
export type { Begun, PlayBody, Playback, ScenarioLine } from './admin/contract/playback.ts';
export type { NoteBody, RehearsalAnswer, RehearsalLine } from './admin/contract/rehearsal.ts';
export type { Scorecard } from './admin/contract/scorecard.ts';
export type { State } from './admin/contract/state.ts';
export type { Targets } from './admin/contract/targets.ts';
export type { WebhookBody, WebhookDelivery, WebhookEndpoint } from './admin/contract/webhooks.ts';
export type { World, WorldBody } from './admin/contract/worlds.ts';
export { type AdminClient, createAdminClient } from './sdk/admin-client.ts';
export { AdminError, AdminUnreachable, type NearMiss } from './sdk/errors.ts';
export type { AdminEvent, EventsOptions } from './sdk/event-stream.ts';
export type { FaultScope, OnOptions, RuleOptions, WorldScope } from './sdk/scopes.ts';
export { WaitedInVain, type WaitOptions } from './sdk/waiting.ts';
export type { WorldAddress } from './sdk/world-address.ts';
