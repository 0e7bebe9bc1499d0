// The shelf: profiles read, put, deleted, and read again from their files.
import { showMistake } from '../base/document.ts';
import { Refusal } from '../base/refusal.ts';
import { PROFILE_NAME_FORM } from '../scenarios/profile.ts';
import type { ShelfEntry } from '../scenarios/shelf.ts';
import { listOf, type Profile, type ProfileLine, profileLineShape, profileShape, reloadedShape } from './contract.ts';
import type { AdminDeps } from './deps.ts';
import { defineRoute, ok, type Route } from './route.ts';
import type { AdminCode } from './statuses.ts';

/** A profile may come as YAML or JSON. */
const PROFILE_TYPES = [
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
  'text/x-yaml',
  'application/json',
  'text/plain',
] as const;

const name = `name of the profile; ${PROFILE_NAME_FORM}`;

export function profileRoutes({ director, shelf, world }: AdminDeps): Route[] {
  const line = ({ name, source, profile, mistakes }: ShelfEntry): ProfileLine => ({
    name,
    summary: profile?.profile.summary ?? null,
    source,
    rules: profile?.checked.length ?? 0,
    activations: director.activationsOf(world, name),
    errors: [...mistakes],
  });
  const shown = (asked: string): Profile => {
    const { name, text, profile } = shelf.get(asked);
    const entry = shelf.find(name);
    if (!entry) throw new Error(`the shelf gave ${name} and does not find it`);
    return { ...line(entry), rules: profile.rules, text };
  };
  return [
    defineRoute({
      name: 'listProfiles',
      method: 'GET',
      path: '/v1/profiles',
      summary: 'The shelf, by name.',
      access: 'read',
      answers: { 200: { summary: 'All profiles.', shape: listOf(profileLineShape) } },
      handle: () => ok({ data: shelf.list().map(line) }),
    }),
    defineRoute({
      name: 'reloadProfiles',
      method: 'POST',
      path: '/v1/profiles/reload',
      summary: 'Reads the files again. A bad one keeps its last good text, and is answered with everything wrong.',
      access: 'write',
      answers: { 200: { summary: 'All files are good and live.', shape: reloadedShape } },
      refusals: ['validation_failed'],
      async handle({ caller }) {
        const { profiles, mistakes } = await director.reloadProfiles(world, caller);
        if (mistakes.length === 0) return ok({ profiles });
        const detail = `profiles with mistakes keep their last good text, all others are live:\n${mistakes.map(showMistake).join('\n')}`;
        throw new Refusal<AdminCode>('validation_failed', detail, { errors: mistakes, profiles });
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
      handle: ({ params }) => ok(shown(params.name ?? '')),
    }),
    defineRoute({
      name: 'putProfile',
      method: 'PUT',
      path: '/v1/profiles/{name}',
      summary: 'Lays a profile on the shelf, in memory only. Rules in force keep their text until activated again.',
      access: 'write',
      params: { name },
      textTypes: PROFILE_TYPES,
      answers: {
        200: { summary: 'It took the place of one of that name.', shape: profileShape },
        201: { summary: 'It is new.', shape: profileShape },
      },
      refusals: ['malformed', 'validation_failed', 'payload_too_large', 'unsupported_media_type'],
      handle({ params, text, caller }) {
        const { profile, created } = director.putProfile(world, params.name ?? '', text, caller);
        const headers = { Location: `/v1/profiles/${profile.name}` };
        return { status: created ? 201 : 200, body: shown(profile.name), ...(created && { headers }) };
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
      handle({ params, caller }) {
        director.deleteProfile(world, params.name ?? '', caller);
        return { status: 204 };
      },
    }),
  ];
}
