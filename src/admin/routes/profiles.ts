// The shelf: profiles read, put, deleted, and read again from their files.
import { showMistake } from '../../base/document.ts';
import { capped } from '../../base/mistake.ts';
import { Refusal } from '../../base/refusal.ts';
import { withoutSellersKeys } from '../../director/keyless-text.ts';
import type { World } from '../../director/world-port.ts';
import { MAX_PROFILE_BYTES, PROFILE_NAME_FORM, profileSchema } from '../../shelf/profile.ts';
import type { ShelfEntry } from '../../shelf/shelf.ts';
import {
  listOf,
  type Profile,
  type ProfileLine,
  profileLineShape,
  profileShape,
  reloadedShape,
} from '../contract/contract.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';
import type { AdminCode } from '../statuses.ts';

/** A document may come as YAML or JSON. */
export const DOCUMENT_TYPES = [
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
  'text/x-yaml',
  'application/json',
  'text/plain',
] as const;

const name = `name of the profile; ${PROFILE_NAME_FORM}`;

export function profileRoutes(deps: AdminDeps): Route[] {
  return [...readingRoutes(deps), ...writingRoutes(deps)];
}

function lineOf({ director }: AdminDeps, world: World, { name, source, profile, mistakes }: ShelfEntry): ProfileLine {
  return {
    name,
    summary: profile?.profile.summary ?? null,
    source,
    rules: profile?.checked.length ?? 0,
    activations: director.activationsOf(world, name),
    errors: [...mistakes],
  };
}

/** Throws a Refusal when there is none, or its file was never good. */
function profileOf(deps: AdminDeps, world: World, asked: string): Profile {
  const { name, text, profile } = deps.shelf.get(asked);
  const entry = deps.shelf.find(name);
  if (!entry) throw new Error(`the shelf gave ${name} and does not find it`);
  return { ...lineOf(deps, world, entry), rules: profile.rules, text, badText: entry.badText ?? null };
}

function readingRoutes(deps: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'listProfiles',
      method: 'GET',
      path: '/v1/profiles',
      summary: 'The shelf, by name.',
      access: 'read',
      answers: { 200: { summary: 'All profiles.', shape: listOf(profileLineShape) } },
      async handle({ world }) {
        await deps.shelf.readAll();
        return ok({ data: deps.shelf.list().map((entry) => lineOf(deps, world, entry)) });
      },
    }),
    defineRoute({
      name: 'getProfile',
      method: 'GET',
      path: '/v1/profiles/{name}',
      summary: 'One profile, as rules and as written.',
      access: 'read',
      params: { name },
      answers: { 200: { summary: 'The profile.', shape: profileShape } },
      refusals: ['unknown_profile', 'validation_failed'],
      handle({ world, params, caller }) {
        const profile = profileOf(deps, world, params.name ?? '');
        if (caller.who !== 'viewer') return ok(profile);
        // of rules that cannot be read nobody knows which of their clients are keys
        return ok({ ...withoutSellersKeys(profile, deps.director.knownIn(world)), badText: null });
      },
    }),
  ];
}

function writingRoutes(deps: AdminDeps): Route[] {
  const { director } = deps;
  return [
    defineRoute({
      name: 'reloadProfiles',
      method: 'POST',
      path: '/v1/profiles/reload',
      summary: 'Reads the files again. A bad one keeps its last good text, and is answered with everything wrong.',
      access: 'write',
      answers: { 200: { summary: 'All files are good and live.', shape: reloadedShape } },
      refusals: ['validation_failed'],
      async handle({ world, caller }) {
        const { profiles, mistakes } = await director.reloadProfiles(world, caller);
        if (mistakes.length === 0) return ok({ profiles });
        const errors = capped(mistakes);
        const detail = `profiles with mistakes keep their last good text, all others are live:\n${errors.map(showMistake).join('\n')}`;
        throw new Refusal<AdminCode>('validation_failed', detail, { errors, profiles });
      },
    }),
    defineRoute({
      name: 'putProfile',
      method: 'PUT',
      path: '/v1/profiles/{name}',
      summary: 'Lays a profile on the shelf, in memory only. Rules in force keep their text until activated again.',
      access: 'write',
      params: { name },
      textTypes: DOCUMENT_TYPES,
      textShape: profileSchema,
      maxBytes: MAX_PROFILE_BYTES,
      answers: {
        200: { summary: 'It took the place of one of that name.', shape: profileShape },
        201: { summary: 'It is new.', shape: profileShape },
      },
      refusals: [
        'malformed',
        'validation_failed',
        'payload_too_large',
        'unsupported_media_type',
        'too_many_concurrent',
      ],
      async handle({ world, base, params, text, caller }) {
        const { profile, created } = await director.putProfile(world, params.name ?? '', text, caller);
        const headers = { Location: `${base}/v1/profiles/${profile.name}` };
        return { status: created ? 201 : 200, body: profileOf(deps, world, profile.name), ...(created && { headers }) };
      },
    }),
    defineRoute({
      name: 'deleteProfile',
      method: 'DELETE',
      path: '/v1/profiles/{name}',
      summary: 'Takes a profile off the shelf, in memory only: one with a file is back after a reload.',
      access: 'write',
      params: { name },
      answers: { 204: { summary: 'It is gone.' } },
      refusals: ['unknown_profile', 'conflict'],
      handle({ world, params, caller }) {
        director.deleteProfile(world, params.name ?? '', caller);
        return { status: 204 };
      },
    }),
  ];
}
