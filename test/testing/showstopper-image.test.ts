// The image, started by Testcontainers from a user's project: at a real engine where there is one, and at the stand-in always.
import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { startContainerEngine } from '../support/container-engine.ts';
import { ROOT } from '../support/shipped.ts';
import { type Ran, sampleProject } from './sample-project.ts';

const PROGRAM = `
import { ShowstopperContainer } from 'showstopper/testcontainers';
const started = await new ShowstopperContainer(process.argv[2]).withSettings({ catalog: 'small' }).start();
const admin = started.client('test-1');
await admin.on('flaky-503', { share: 1 });
const statuses = [];
for (const world of ['test-1', 'test-2'])
  statuses.push((await fetch(\`\${started.upstream}/w/\${world}/v1/sessions\`)).status);
console.log('statuses', statuses.join(' '));
await started.stop();`;

function runWith(image: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const project = sampleProject({ 'shop.js': PROGRAM }, ['testcontainers']);
  onTestFinished(() => project.remove());
  return project.run(['shop.js', image], env);
}

test('a project that has the package and Testcontainers starts it', async () => {
  const engine = await startContainerEngine();
  onTestFinished(() => engine.stop());
  const env = { DOCKER_HOST: engine.host, TESTCONTAINERS_RYUK_DISABLED: 'true' };
  const { status, out } = await runWith('showstopper:latest', env);
  expect(out).toContain('statuses 503 200');
  expect([status, engine.running]).toEqual([0, 0]);
});

const IMAGE = 'showstopper:of-a-test';

function hasEngine(): boolean {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    process.stderr.write('SKIPPED: no container engine answers here, so the image is not started by one\n');
    return false;
  }
}

test.skipIf(!hasEngine())('the image is started by a real engine', { timeout: 600_000 }, async () => {
  execFileSync('docker', ['build', '--tag', IMAGE, '.'], { cwd: ROOT, stdio: 'ignore' });
  const { status, out } = await runWith(IMAGE, { HOME: process.env.HOME ?? '' });
  expect(out).toContain('statuses 503 200');
  expect(status).toBe(0);
});
