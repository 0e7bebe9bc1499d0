// Scenarios: what can be played, and the play that is going on.

import { withheldPlayback } from '../../scenarios/playback-state.ts';
import type { ScenarioShelf } from '../../shelf/scenario-shelf.ts';
import { showStoryTime } from '../../shelf/story-time.ts';
import { listOf } from '../contract/contract.ts';
import {
  begunShape,
  byRequest,
  playbackShape,
  playRequest,
  type ScenarioLine,
  scenarioLineShape,
  seekRequest,
} from '../contract/playback.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function scenarioRoutes(): Route[] {
  return [
    defineRoute({
      name: 'listScenarios',
      method: 'GET',
      path: '/v1/scenarios',
      summary: 'What can be played, by name.',
      access: 'read',
      answers: { 200: { summary: 'All scenarios.', shape: listOf(scenarioLineShape) } },
      async handle({ world }) {
        const { scenarios } = world.playback;
        await scenarios.readAll();
        return ok({ data: scenarios.list().map(lineOf) });
      },
    }),
    defineRoute({
      name: 'playScenario',
      method: 'POST',
      path: '/v1/scenarios/{name}/play',
      summary:
        'Plays a scenario. Answers when the cues of its beginning are in force, and tells which of all its cues cannot act in this world.',
      access: 'write',
      params: { name: 'name of the scenario' },
      body: playRequest,
      answers: { 200: { summary: 'It plays.', shape: begunShape } },
      refusals: ['unknown_scenario', 'validation_failed', 'conflict', 'cannot_be_armed'],
      async handle({ world, params, body: { speed, ...body }, caller }) {
        const figure = speed === undefined ? {} : { speed: Number.parseFloat(String(speed)) };
        return ok(await world.playback.play(params.name ?? '', { ...body, ...figure }, caller));
      },
    }),
    defineRoute({
      name: 'getPlayback',
      method: 'GET',
      path: '/v1/playback',
      summary: 'Where the play is; of a hidden one, a viewer sees neither name nor cues until it has ended.',
      access: 'read',
      answers: { 200: { summary: 'At this moment, or as the last play ended.', shape: playbackShape } },
      handle({ world, caller }) {
        const { status } = world.playback.player;
        return ok(caller.who === 'viewer' ? withheldPlayback(status) : status);
      },
    }),
    ...movingRoutes(),
  ];
}

function movingRoutes(): Route[] {
  const moving = (verb: 'pause' | 'resume' | 'stop', summary: string): Route =>
    defineRoute({
      name: `${verb}Playback`,
      method: 'POST',
      path: `/v1/playback/${verb}`,
      summary,
      access: 'write',
      body: byRequest,
      answers: { 200: { summary: 'As it stands then.', shape: playbackShape } },
      refusals: verb === 'stop' ? [] : ['conflict'],
      handle: async ({ world, body, caller }) => ok(await world.playback[verb](body, caller)),
    });
  return [
    moving('pause', 'Stops the story clock: no cue comes and no ttl of a cue runs out; what is in force stays.'),
    moving('resume', 'Lets the story go on.'),
    moving('stop', 'Ends the play, and undoes what its cues changed.'),
    defineRoute({
      name: 'seekPlayback',
      method: 'POST',
      path: '/v1/playback/seek',
      summary:
        'Moves in the story. Forward: cues between are played at once. Backward: all is undone and played again.',
      access: 'write',
      body: seekRequest,
      answers: { 200: { summary: 'As it stands then.', shape: playbackShape } },
      refusals: ['validation_failed', 'conflict'],
      handle: async ({ world, body, caller }) => ok(await world.playback.seek(body, caller)),
    }),
  ];
}

function lineOf({ name, source, item, mistakes }: ReturnType<ScenarioShelf['list']>[number]): ScenarioLine {
  const scenario = item?.scenario;
  return {
    name,
    summary: scenario?.summary ?? null,
    source,
    starts: scenario && scenario.start !== null ? showStoryTime(0, scenario.start) : null,
    lastsMs: scenario?.endsMs ?? 0,
    hidden: scenario?.hidden ?? false,
    cues: scenario?.cues.length ?? 0,
    errors: [...mistakes],
  };
}
