// A world that tests share one after another, for a shop with one fixed base URL: each begins anew, and leaves nothing on.
import type { State } from '../admin/contract/state.ts';
import type { World } from '../admin/contract/worlds.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import { type UpstreamOptions, worldBody } from './options.ts';

/** It may be there already, from a run before, with another catalogue or seed; it is told to have started now. */
export async function beginShared(ofProcess: AdminClient, name: string, options: UpstreamOptions): Promise<World> {
  const { catalog, seed, ...rest } = worldBody(options);
  const world = await ofProcess.putWorld(name, rest);
  const admin = ofProcess.world(name);
  await admin.reset({ ...(catalog !== undefined && { catalog }), ...(seed !== undefined && { seed }) });
  const { startedAt, uptimeMs } = await admin.state();
  return { ...world, startedAt: new Date(Date.parse(startedAt) + uptimeMs).toISOString() };
}

interface SharedTest {
  readonly test: string;
  readonly world: string;
  readonly turnedOn: readonly string[];
}

/** Heals and resets it; rejects when the test left something on that `upstream.on` does not know of. */
export async function endShared(admin: AdminClient, { test, world, turnedOn }: SharedTest): Promise<void> {
  const left = leftOn(await admin.state(), turnedOn);
  await admin.reset();
  if (left.length > 0)
    throw new Error(
      `the test “${test}” left on in the shared world ${world}: ${left.join(', ')}; turn faults on by upstream.on, which ends with the test, or heal before it ends: await upstream.admin.heal()`,
    );
}

function leftOn({ activations, rules, capacity, crowd, playback }: State, turnedOn: readonly string[]): string[] {
  return [
    ...activations
      .filter(({ activation }) => !turnedOn.includes(activation))
      .map(({ activation }) => `the activation ${activation}`),
    ...rules.filter(({ id }) => !turnedOn.includes(id)).map(({ id, fault }) => `the rule ${id} (${fault})`),
    ...(capacity ? ['capacity'] : []),
    ...(crowd ? ['a crowd'] : []),
    ...(playback.status === 'playing' || playback.status === 'paused' ? [`the scenario ${playback.scenario}`] : []),
  ];
}
