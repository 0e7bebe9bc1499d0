// The README's commands are run as they stand, in one shell, against a server; so is the test that it shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from './cli/command.ts';
import { expectAsShown, type Printed, runBlocks } from './support/page-shell.ts';
import { page } from './support/pages.ts';
import { runnable } from './support/runnable.ts';
import { ROOT } from './support/shipped.ts';

const README = page('README.md');

describe('whoever follows the README', () => {
  let server: Served;
  let printed: Printed[];
  const follow = (blocks = runnable(README)) => runBlocks(blocks, server);
  const printedBy = (command: string): string =>
    printed.find(({ block }) => block.text.includes(command))?.out ?? `nothing has ${command}`;
  beforeAll(async () => {
    server = await serve([], { SHOWSTOPPER_CATALOG: 'festival' });
    printed = await follow();
  });
  afterAll(() => server.stop());

  test('buys two tickets', () => {
    const order = JSON.parse(printedBy('/complete')) as { status: string; tickets: unknown[] };
    expect(order).toMatchObject({ status: 'completed', externalRef: 'cart-1' });
    expect(order.tickets).toHaveLength(2);
  });

  test('breaks the purchase, heals it, and is told that the ticket was sold exactly once', () => {
    expect(printedBy('upstream-hang')).toMatch(/^no answer in 3 seconds$/m);
    expect(printedBy('showstopper heal')).toMatch(/^All clear: 1 activation and 1 rule ended[\s\S]*^\{"id":"/m);
    expect(printedBy('showstopper verify')).toMatch(/^yes: 1 time$/m);
  });

  test('sees what is shown', () => {
    for (const one of printed) expectAsShown(one, README.path);
  });

  test('plays a scenario to its end', () => {
    expect(printedBy('showstopper play')).toMatch(/was played to its end, .*none failed/);
  });

  test('does all of it as often as they like', async () => {
    const again = await follow(runnable(README).filter(({ text }) => !text.includes('showstopper play')));
    expect(again.at(-1)?.out).toBe('yes: 1 time\n');
  });
});

test('the README is short, and its scripts are there', () => {
  expect(README.text.trimEnd().split('\n').length).toBeLessThanOrEqual(160);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const start = 'exec node src/cli/main.ts';
  expect(scripts).toMatchObject({ start: `${start} serve`, showstopper: start });
});
