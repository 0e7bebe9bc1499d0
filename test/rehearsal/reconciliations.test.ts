// Reconciling a world while a rehearsal runs there or after it: what of it is in the record, and what belongs to no rehearsal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fileChunks } from '../../src/base/text-file.ts';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { MAX_DIFFERENCES } from '../../src/rehearsal/reconciliation.ts';
import { MAX_AFTER_END, MAX_WHILE_RUNNING } from '../../src/rehearsal/reconciliations.ts';
import { RecordLog } from '../../src/rehearsal/record-log.ts';
import { reportFrom } from '../../src/rehearsal/report/from-record.ts';
import type { Report } from '../../src/rehearsal/report/report.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { type Admin, openAdmin } from '../admin/open-admin.ts';
import { purchase } from '../box-office/audit/purchases.ts';
import { stage } from '../box-office/stage.ts';
import { ADMIN, createBareWorld } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { FILE, openRig, rehearsalsOf } from './rig.ts';

const PATH = '/v1/ledger/reconcile';
const MINUTES_MS = 180_000;

/** A world that has sold `a` and `b`. */
async function opened(given: Parameters<typeof openAdmin>[0] = {}): Promise<Admin> {
  const house = stage();
  const admin = await openAdmin(given);
  const pseudonym = (text: string): string => `hidden-${text.length}`;
  Object.assign(admin.world, { audit: () => house.office.audit(), pseudonym });
  for (const ref of ['a', 'b']) await purchase(house, ref, 'sold');
  return admin;
}

const started = async (admin: Admin): Promise<string> => (await admin.post('/v1/rehearsals', FILE).expect(201)).body.id;
const believe = (admin: Admin, refs: readonly string[], client = 'alpha') =>
  admin.post(PATH, { client, orders: refs.map((externalRef) => ({ externalRef, completed: true })) }).expect(200);
const reported = async (admin: Admin, id: string): Promise<Report> =>
  (await admin.get(`/v1/rehearsals/${id}/report.json`).expect(200)).body;

describe('a reconciliation', () => {
  test('while a rehearsal runs and after it has ended is in its report, with references as pseudonyms', async () => {
    const admin = await opened();
    const id = await started(admin);
    await believe(admin, ['a', 'secret-reference']);
    await admin.clock.advanceAsync(MINUTES_MS);
    expect((await reported(admin, id)).reconciliations).toMatchObject([
      {
        ...{ client: 'alpha', agree: false, count: 2, rows: 2, references: 2 },
        counts: { 'unknown-to-upstream': 1, 'unknown-to-seller': 1 },
        differences: [
          {
            kind: 'unknown-to-upstream',
            externalRef: 'hidden-16',
            believed: { completed: 1 },
            actual: null,
            orders: [],
          },
          { kind: 'unknown-to-seller', externalRef: 'hidden-1', believed: null, orders: [expect.any(String)] },
        ],
      },
    ]);
    await believe(admin, ['a', 'b']);
    const after = await reported(admin, id);
    expect(after.reconciliations).toMatchObject([{ agree: false }, { agree: true, count: 0, differences: [] }]);
    expect(JSON.stringify(after)).not.toContain('secret-reference');
    expect(after.gaps).toEqual((await reported(admin, id)).gaps);
  });

  test('belongs to the rehearsal that begins next, and to none before the first', async () => {
    const admin = await opened();
    await believe(admin, ['a']);
    const first = await started(admin);
    await admin.clock.advanceAsync(MINUTES_MS);
    const second = await started(admin);
    await believe(admin, ['a', 'b']);
    await admin.clock.advanceAsync(MINUTES_MS);
    expect((await reported(admin, first)).reconciliations).toEqual([]);
    expect((await reported(admin, second)).reconciliations).toMatchObject([{ agree: true }]);
  });

  test('after a reset is of other books, and is in no record of an ended rehearsal', async () => {
    const admin = await opened();
    const id = await started(admin);
    await admin.clock.advanceAsync(MINUTES_MS);
    await admin.post('/v1/reset', {}).expect(200);
    await believe(admin, ['a']);
    expect((await reported(admin, id)).reconciliations).toEqual([]);
  });

  test('by a viewer is answered, and written into no record', async () => {
    const access = { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] };
    const admin = await opened({ access });
    const as = (token: string, asked: ReturnType<Admin['get']>) => asked.set('Authorization', `Bearer ${token}`);
    const { body } = await as('admin-token', admin.post('/v1/rehearsals', FILE)).expect(201);
    for (const token of ['viewer-token', 'admin-token']) await as(token, admin.post(PATH, { orders: [] })).expect(200);
    await admin.clock.advanceAsync(MINUTES_MS);
    const report = await as('viewer-token', admin.get(`/v1/rehearsals/${body.id}/report.json`)).expect(200);
    expect(report.body.reconciliations).toHaveLength(1);
  });

  test('is bounded: the first differences are kept and all are counted, and so are the first ones made', async () => {
    const admin = await opened();
    const id = await started(admin);
    const many = Array.from({ length: 250 }, (_, index) => `none-${index}`);
    await believe(admin, many);
    for (let n = 0; n < MAX_WHILE_RUNNING + 2; n++) await believe(admin, []);
    await admin.clock.advanceAsync(MINUTES_MS);
    for (let n = 0; n < MAX_AFTER_END + 2; n++) await believe(admin, ['a', 'b']);
    const { reconciliations, gaps } = await reported(admin, id);
    expect(reconciliations[0]).toMatchObject({ count: 252, counts: { 'unknown-to-upstream': 250 } });
    expect(reconciliations[0]?.differences).toHaveLength(MAX_DIFFERENCES);
    expect(reconciliations).toHaveLength(MAX_WHILE_RUNNING + MAX_AFTER_END);
    expect(reconciliations.at(-1)).toMatchObject({ agree: true });
    expect(gaps.filter((gap) => gap.startsWith('of reconciliations'))).toEqual([
      `of reconciliations while it ran, the first ${MAX_WHILE_RUNNING} are recorded`,
      `of reconciliations after its end, the first ${MAX_AFTER_END} are recorded`,
    ]);
  });
});

test('the record file alone has what was reconciled after its end, also when nobody reads it before the server stops', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-reconciled-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const admin = await opened();
  const rehearsals = rehearsalsOf(admin, { folder });
  const { id, record } = await rehearsals.start(admin.world, { text: JSON.stringify(FILE), by: null }, ADMIN);
  await rehearsals.finish(admin.world, id, null, ADMIN);
  const found = {
    ...{ differences: [], references: 3, forgotten: 0, currency: 'IRR' },
    counts: { ...NO_COUNTS },
  };
  for (const rows of [3, 4]) rehearsals.reconciled(admin.world, { client: 'alpha', rows, found });
  await rehearsals.close();
  const chunks = () => fileChunks(record.file ?? '');
  const read = await readRecord(chunks());
  expect(read.reconciliations.map(({ rows }) => rows)).toEqual([3, 4]);
  expect(read).toMatchObject({ troubles: [], finish: { status: 'finished' } });
  const report = await reportFrom(chunks, { clock: new ManualClock(), thresholds: thresholdsOf() });
  expect(report.reconciliations).toMatchObject([{ rows: 3, agree: true }, { rows: 4 }]);
});

test('a rehearsal in memory that has made room is let go with its record: nothing more is written into that', async () => {
  const { rehearsals, clock, director, world } = await openRig();
  const names = ['one', 'two', 'three', 'four', 'five'];
  const { scenarios } = world.playback;
  const worlds = names.map((name) => createBareWorld(clock, { name, plays: { director, scenarios } }));
  for (const one of worlds) {
    const { id } = await rehearsals.start(one, { text: JSON.stringify(FILE), by: null }, ADMIN);
    await rehearsals.finish(one, id, null, ADMIN);
    await clock.settle();
  }
  const append = vi.spyOn(RecordLog.prototype, 'append');
  onTestFinished(() => append.mockRestore());
  const found = { ...{ differences: [], references: 0, forgotten: 0, currency: 'IRR' }, counts: { ...NO_COUNTS } };
  const written = worlds.map((one) => {
    append.mockClear();
    rehearsals.reconciled(one, { client: 'alpha', rows: 1, found });
    return append.mock.calls.length;
  });
  expect(written).toEqual([0, 1, 1, 1, 1]);
});

const NO_COUNTS = {
  ...{ 'paid-without-ticket': 0, 'ticket-without-payment': 0, 'unknown-to-seller': 0, 'unknown-to-upstream': 0 },
  ...{ 'amount-differs': 0, 'seats-differ': 0 },
};
