// showstopper rehearse and report: a rehearsal as one command, its report from the server and from the record alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { elementsOf } from '../rehearsal/report/xml.ts';
import { BUNDLED_ENV, MAIN } from '../support/bundled.ts';
import { ROOT } from '../support/shipped.ts';
import { run, type Served, serve } from './command.ts';

const written = (about: object = {}): string =>
  JSON.stringify({
    title: 'Short, and hardly anybody comes',
    client: 'shop',
    phases: [
      { name: 'calm', for: '1s' },
      { name: 'fault', for: '1s', on: [{ profile: 'upstream-hang' }] },
      { name: 'recovery', for: '1s' },
    ],
    hypothesis: [{ metric: 'client-timeout', max: '5s', noData: 'allow' }],
    blastRadius: { clients: ['shop'], longest: '1m' },
    ...about,
  });

describe('a rehearsal from the command line', () => {
  let server: Served;
  let folder: string;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const call = (...args: string[]) => run([...args, '--admin', server.admin]);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rehearse-'));
    server = await serve([], { SHOWSTOPPER_DATA_DIR: join(folder, 'data') });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('is played to its end, tells its phases, and prints its report', async () => {
    const buying = setInterval(() => {
      const headers = { Authorization: 'Bearer shop' };
      fetch(`${server.upstream}/v1/sessions`, { headers }).catch(() => undefined); // reset when the fault ends
    }, 100);
    const { status, out, err } = await call('rehearse', file('short.yaml', written()), '--by', 'ada');
    clearInterval(buying);
    expect(err).toMatch(/^r-\d{8}-\d{6}-[0-9a-f]{8}: Short, and hardly anybody comes\n/);
    expect(err).toMatch(/\+0:00 {2}calm until \+0:01\n\+0:01 {2}fault until \+0:02\n\+0:02 {2}recovery until \+0:03\n/);
    expect(out).toMatch(/^# Short, and hardly anybody comes\n\n\*\*The hypothesis holds: 1 of 1 conditions hold\. /);
    expect(status).toBe(0);
  });

  test('exits with 1 when a condition is unproven, and writes the form that the name of the file says', async () => {
    const out = join(folder, 'result.xml');
    const conditions = { hypothesis: [{ metric: 'client-timeout', max: '5s' }] };
    const ran = await call('rehearse', file('unproven.yaml', written(conditions)), '--out', out);
    expect(ran).toMatchObject({ status: 1, out: `the report is in ${out}\n` });
    expect(ran.err).toMatch(/\nno request of shop was seen\n$/);
    expect(elementsOf(readFileSync(out, 'utf8'))[0]?.attributes).toMatchObject({ failures: '2' });
  });

  test('is reported again by the server, and from its record without one; compared with an earlier one', async () => {
    const [first, second] = readdirSync(join(folder, 'data')).sort();
    const [earlier, last] = [join(folder, 'data', first ?? ''), join(folder, 'data', second ?? '')];
    const served = await call('report');
    const alone = await run(['report', last]);
    expect(alone).toEqual(served);
    expect(alone).toMatchObject({ status: 1, err: 'no request of shop was seen\n' });
    expect(await run(['report', earlier])).toMatchObject({ status: 0 });
    const against = await run(['report', last, '--against', earlier, '--format', 'json']);
    expect(JSON.parse(against.out)).toMatchObject({ passed: false, against: { passed: true, isSamePlan: false } });
    const id = first?.replace('.ndjson', '') ?? '';
    expect((await call('report', '--against', id)).out).toContain(`Rehearsal ${id} of `);
  });

  test('a word that is neither a record nor an id is told so, and where there are some', async () => {
    const of =
      /^(?:.*: )?r-nope is neither a file nor the id of a rehearsal, as r-\d{8}-\d{6}-[0-9a-f]{8} is one; GET \/v1\/rehearsals lists them, .*\n$/;
    const { status, out, err } = await call('report', 'r-nope');
    expect(err).toMatch(of);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  test('is aborted by Ctrl-C: all is healed, and it is reported still', async () => {
    const long = file(
      'long.yaml',
      written({
        phases: [
          { name: 'calm', for: '50s' },
          { name: 'fault', for: '5s', on: [{ profile: 'upstream-hang' }] },
        ],
      }),
    );
    const child = spawn(process.execPath, [MAIN, 'rehearse', long, '--admin', server.admin], {
      env: BUNDLED_ENV,
      cwd: ROOT,
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (said.out += chunk));
    const closed = once(child, 'close');
    await new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.stderr.on('data', (chunk) => {
        said.err += chunk;
        if (said.err.includes('calm until')) resolve();
      });
    });
    child.kill('SIGINT');
    expect(await closed).toEqual([1, null]);
    expect(said.err).toMatch(
      /aborting: all is healed\n[\s\S]*ABORTED by asked: Ctrl-C[\s\S]*\nthe rehearsal was aborted\n$/,
    );
    expect(said.out).toContain('**The rehearsal was aborted; 0 of 1 conditions hold.');
  });

  test('with a mistake begins nothing and says where it is; what is no record is told too', async () => {
    const wrong = await call(
      'rehearse',
      file('wrong.yaml', 'title: t\nphases: []\nhypothesis: [{ metric: recovry, max: 1s }]\n'),
    );
    expect(wrong).toMatchObject({ status: 2, out: '' });
    expect(wrong.err).toContain('wrong.yaml:3 hypothesis[0].metric: unknown metric "recovry"; did you mean recovery?');
    expect(await call('rehearse', join(folder, 'none.yaml'))).toMatchObject({
      status: 2,
      err: expect.stringContaining('none.yaml cannot be read'),
    });
    const none = await run(['report', file('none.ndjson', 'no record\n')]);
    expect(none).toMatchObject({ status: 2, err: expect.stringContaining('none.ndjson is no record of a rehearsal') });
    expect(await call('report', 'r-20300101-000000-00000009')).toMatchObject({
      ...{ status: 2, err: expect.stringContaining('in the world default; for one of another world') },
    });
    expect(await run(['report', '--admin', 'http://127.0.0.1:9'])).toMatchObject({ status: 3 });
  });

  test.each([
    [
      'nowhere to write its report',
      ['--out', '/no-such-folder/result.xml'],
      /--out \/no-such-folder\/result\.xml cannot be/,
    ],
    ['a folder to write it to', ['--out', tmpdir(), '--format', 'md'], /cannot be written: it is a folder/],
    ['no name to write it to', ['--out='], /--out "" cannot be written/],
    ['an ending that no form has', ['--out', 'result.pdf'], /result\.pdf must end with one of \.md, \.html/],
    ['nothing to be compared with', ['--against', 'r-20300101-000000-00000009'], /r-20300101-000000-00000009/],
  ])('with %s begins nothing', async (_, options, why) => {
    const rehearsals = async () => (await (await fetch(`${server.admin}/v1/rehearsals`)).json()) as { data: unknown[] };
    const before = await rehearsals();
    const ran = await call('rehearse', file('short.yaml', written()), ...options);
    expect(ran).toMatchObject({ status: 2, out: '', err: expect.stringMatching(why) });
    expect((await rehearsals()).data).toHaveLength(before.data.length);
  });
});
