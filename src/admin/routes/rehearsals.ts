// Rehearsals: begun with their file, looked at, spoken to while they run, and read again when they have ended.
import { MAX_REHEARSAL_BYTES } from '../../rehearsal/rehearsal-file.ts';
import { rehearsalSchema } from '../../rehearsal/rehearsal-schema.ts';
import { listOf } from '../contract/contract.ts';
import {
  abortRequest,
  noteRequest,
  rehearsalByRequest,
  rehearsalLineShape,
  rehearsalShape,
  rehearsalStartQuery,
} from '../contract/rehearsal.ts';
import type { AdminDeps } from '../deps.ts';
import { presentRehearsal, presentRehearsalLine } from '../present-rehearsal.ts';
import { defineRoute, ok, type Route } from '../route.ts';
import { DOCUMENT_TYPES } from './profiles.ts';

const params = { id: 'id of the rehearsal; current is the one that runs' };

export const rehearsalRoutes = (deps: AdminDeps): Route[] => [
  ...readingRoutes(deps),
  startRoute(deps),
  ...speakingRoutes(deps),
];

function readingRoutes({ rehearsals }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'listRehearsals',
      method: 'GET',
      path: '/v1/rehearsals',
      summary: 'Rehearsals of the world, the newest first, also those of records that were made before a restart.',
      access: 'read',
      answers: { 200: { summary: 'Those that are known.', shape: listOf(rehearsalLineShape) } },
      handle: async ({ world }) => ok({ data: (await rehearsals.list(world)).map(presentRehearsalLine) }),
    }),
    defineRoute({
      name: 'getRehearsal',
      method: 'GET',
      path: '/v1/rehearsals/{id}',
      summary: 'How a rehearsal stands, or what came of it.',
      access: 'read',
      params,
      answers: { 200: { summary: 'At this moment, or as it ended.', shape: rehearsalShape } },
      refusals: ['not_found', 'too_much_evidence'],
      handle: async ({ world, params }) => ok(presentRehearsal(await rehearsals.get(world, params.id ?? ''))),
    }),
  ];
}

const startRoute = ({ rehearsals }: AdminDeps): Route =>
  defineRoute({
    name: 'startRehearsal',
    method: 'POST',
    path: '/v1/rehearsals',
    summary: 'Begins a rehearsal: calm, then faults, then recovery, all of it recorded. One at a time in a world.',
    access: 'write',
    query: rehearsalStartQuery,
    textTypes: DOCUMENT_TYPES,
    textShape: rehearsalSchema,
    maxBytes: MAX_REHEARSAL_BYTES,
    answers: { 201: { summary: 'It has begun.', shape: rehearsalShape } },
    refusals: ['malformed', 'validation_failed', 'conflict', 'no_record', 'too_many_concurrent'],
    async handle({ world, base, text, query, caller }) {
      const { by = null, file } = query;
      const state = await rehearsals.start(world, { text, by, file }, caller);
      return {
        status: 201,
        body: presentRehearsal(state),
        headers: { Location: `${base}/v1/rehearsals/${state.id}` },
      };
    },
  });

function speakingRoutes({ rehearsals }: AdminDeps): Route[] {
  const speaking = { method: 'POST', access: 'write', params } as const;
  return [
    defineRoute({
      ...speaking,
      name: 'noteRehearsal',
      path: '/v1/rehearsals/{id}/notes',
      summary: 'Writes down what somebody saw, thought or did, at this moment.',
      body: noteRequest,
      answers: { 201: { summary: 'It is recorded.', shape: rehearsalShape } },
      refusals: ['not_found', 'conflict'],
      handle: ({ world, params, body }) => ({
        ...{ status: 201, body: presentRehearsal(rehearsals.note(world, params.id ?? '', body)) },
      }),
    }),
    defineRoute({
      ...speaking,
      name: 'beatRehearsal',
      path: '/v1/rehearsals/{id}/heartbeat',
      summary: 'Somebody is there. From the first one on, 30 s without another abort the rehearsal and heal.',
      body: rehearsalByRequest,
      answers: { 200: { summary: 'As it stands.', shape: rehearsalShape } },
      refusals: ['not_found', 'conflict'],
      handle: ({ world, params }) => ok(presentRehearsal(rehearsals.heartbeat(world, params.id ?? ''))),
    }),
    defineRoute({
      ...speaking,
      name: 'finishRehearsal',
      path: '/v1/rehearsals/{id}/finish',
      summary: 'Ends a rehearsal here, with the faults it has put in force. Answers when it is judged.',
      body: rehearsalByRequest,
      answers: { 200: { summary: 'What came of it.', shape: rehearsalShape } },
      refusals: ['not_found', 'conflict'],
      handle: async ({ world, params, body, caller }) =>
        ok(presentRehearsal(await rehearsals.finish(world, params.id ?? '', body.by ?? null, caller))),
    }),
    defineRoute({
      ...speaking,
      name: 'abortRehearsal',
      path: '/v1/rehearsals/{id}/abort',
      summary:
        'Heals all at once and lets nothing be armed; it is looked on for a minute at most, and ends as aborted.',
      body: abortRequest,
      answers: { 200: { summary: 'All is healed.', shape: rehearsalShape } },
      refusals: ['not_found', 'conflict'],
      async handle({ world, params, body: { by, reason }, caller }) {
        const breach = { condition: 'asked', value: reason ?? `by ${by ?? caller.who}`, limit: 'nobody asks' };
        return ok(presentRehearsal(await rehearsals.abort(world, params.id ?? '', breach, caller)));
      },
    }),
  ];
}
