// Showstopper in a container of a test: started with its settings, ready, reached, and told why where it does not get ready.
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { StartedShowstopperContainer } from '../../src/testing/showstopper-container.ts';
import { type ContainerEngine, startContainerEngine } from '../support/container-engine.ts';

type Module = typeof import('../../src/testcontainers.ts');

let engine: ContainerEngine;
let containers: Module;
beforeAll(async () => {
  engine = await startContainerEngine();
  vi.stubEnv('DOCKER_HOST', engine.host);
  vi.stubEnv('TESTCONTAINERS_RYUK_DISABLED', 'true');
  containers = await import('../../src/testcontainers.ts');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.stop();
});

const container = (image = 'showstopper:latest') => new containers.ShowstopperContainer(image);
const stopped = <Started extends StartedShowstopperContainer>(started: Started): Started => {
  onTestFinished(async () => void (await started.stop()));
  return started;
};

test('it is ready when it has started, with its settings, and asks for the token that it was given', async () => {
  const started = stopped(await container().withSettings({ catalog: 'small', seed: 9 }).start());
  expect((await fetch(`${started.upstream}/v1/sessions`)).status).toBe(200);
  expect((await fetch(`${started.admin}/v1/state`)).status).toBe(401);
  expect(await started.client().state()).toMatchObject({ seed: 9, catalog: 'small', world: 'default' });
  await using outage = await started.client('test-1').on('flaky-503', { share: 1 });
  expect((await fetch(`${started.upstream}/w/test-1/v1/sessions`)).status).toBe(503);
  expect((await fetch(`${started.upstream}/w/test-2/v1/sessions`)).status).toBe(200);
  expect(outage.name).toBe('flaky-503');
});

test('a token of its own is used, and a container that is stopped is gone', async () => {
  const before = engine.running;
  const started = await container().withSettings({ catalog: 'small', adminToken: 'let-me-in' }).start();
  expect([started.token, engine.running]).toEqual(['let-me-in', before + 1]);
  expect(await started.client().access()).toMatchObject({ who: 'admin' });
  await started.stop();
  expect(engine.running).toBe(before);
});

test('worlds have doors where ports are kept for them', async () => {
  const started = stopped(await container().withSettings({ catalog: 'small' }).withWorldDoors(2).start());
  await using world = await started.client().openWorld('edge', { door: true });
  const door = started.doorOf(world);
  const reset = await world.admin.on({ fault: 'reset-connection' });
  await expect(fetch(`${door}/v1/sessions`)).rejects.toThrow();
  await reset.close();
  expect((await fetch(`${door}/v1/sessions`)).status).toBe(200);
  await using doorless = await started.client().openWorld('inner');
  expect(() => started.doorOf(doorless)).toThrow('the world inner has no door; make it with { door: true }');
});

test('one that ends before it is ready is told with the end of its log', async () => {
  const failed = await container()
    .withSettings({ profile: ['upstream-hagn'] })
    .start()
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(containers.ContainerNotReady);
  expect(String(failed)).toContain('the container of showstopper:latest did not become ready');
  expect(String(failed)).toContain('upstream-hagn');
  expect(engine.running).toBe(0);
});

test('an image that is not there is told with how to build it', async () => {
  const failed = await container('nobody/showstopper:latest')
    .start()
    .catch((error: unknown) => error);
  expect(String(failed)).toContain('there is no image nobody/showstopper:latest');
  expect(String(failed)).toContain('docker build -t nobody/showstopper:latest .');
});

test('settings that are none are refused before anything is started', () => {
  // @ts-expect-error the ports belong to the container
  expect(() => container().withSettings({ prot: 1 })).toThrow('prot: there is no such option; the nearest is port');
  expect(() => container().withWorldDoors(0)).toThrow('must be a whole number from 1 to 100, got 0');
});
