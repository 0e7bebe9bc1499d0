// The calls of the typed client that are about faults: the shelf, what is in force, and the end of it.
import type {
  Activation,
  ActiveRule,
  EndBody,
  Ended,
  HealBody,
  Profile,
  ProfileLine,
} from '../admin/contract/contract.ts';
import type { AdminAddress } from './admin-request.ts';
import { callsTo } from './calls.ts';
import { type ArmingCalls, faultScopes, type On } from './scopes.ts';

export interface FaultCalls extends ArmingCalls {
  profiles(): Promise<ProfileLine[]>;
  profile(name: string): Promise<Profile>;
  /** Lays a profile over the shelf, in memory: as an object, or as text in YAML or JSON. */
  putProfile(name: string, profile: object | string): Promise<Profile>;
  deleteProfile(name: string): Promise<void>;
  reloadProfiles(): Promise<{ readonly profiles: number }>;
  /**
   * Puts a profile or a single rule in force, until its scope ends or it is closed:
   * `await using outage = await admin.on('upstream-hang', { operations: ['completeOrder'] })`.
   */
  readonly on: On;
  /** Ends every activation of a profile. */
  deactivate(profile: string, request?: EndBody): Promise<Ended>;
  activations(): Promise<Activation[]>;
  rules(): Promise<ActiveRule[]>;
  heal(request?: HealBody): Promise<Ended>;
}

export function faultCalls(world: AdminAddress): FaultCalls {
  const { call, read, post, remove, list } = callsTo(world);
  const profile = (name: string, verb = ''): string => `/v1/profiles/${encodeURIComponent(name)}${verb}`;
  const arming: ArmingCalls = {
    activate: (name, request) => post(profile(name, '/activate'), request),
    endActivation: (as) => remove(`/v1/activations/${encodeURIComponent(as)}`),
    addRule: (rule) => post('/v1/rules', rule),
    deleteRule: (id) => remove(`/v1/rules/${id.split('/').map(encodeURIComponent).join('/')}`),
  };
  return {
    ...arming,
    on: faultScopes(arming),
    profiles: () => list('/v1/profiles'),
    profile: (name) => read(profile(name)),
    putProfile: (name, given) =>
      call({ method: 'PUT', path: profile(name), ...(typeof given === 'string' ? { yaml: given } : { body: given }) }),
    deleteProfile: (name) => remove(profile(name)),
    reloadProfiles: () => post('/v1/profiles/reload'),
    deactivate: (name, request) => post(profile(name, '/deactivate'), request),
    activations: () => list('/v1/activations'),
    rules: () => list('/v1/rules'),
    heal: (request) => post('/v1/heal', request),
  };
}
