// Reports of rehearsals over the admin API: each form with its type, compared, and not before the end.
import { expect, test } from 'vitest';
import { elementsOf } from '../rehearsal/report/xml.ts';
import { FILE } from '../rehearsal/rig.ts';
import { type Admin, openAdmin } from './open-admin.ts';

async function rehearsed(admin: Admin): Promise<string> {
  const { body } = await admin.post('/v1/rehearsals', FILE).expect(201);
  await admin.clock.advanceAsync(180_000);
  return body.id;
}

test('a rehearsal that has ended is reported as Markdown, HTML, JSON and JUnit XML', async () => {
  const admin = await openAdmin();
  const id = await rehearsed(admin);
  const report = (form: string) => admin.get(`/v1/rehearsals/${id}/report.${form}`).buffer(true);
  const md = await report('md').expect(200).expect('Content-Type', 'text/markdown; charset=utf-8');
  expect(md.text).toMatch(
    /^# It hangs; the shop survives\n\n\*\*No request of shop was seen, nor of any other client\. So nothing is shown, and it does not pass\./,
  );
  const html = await report('html').expect(200).expect('Content-Type', 'text/html; charset=utf-8');
  expect(html.text).toMatch(/^<!doctype html>[\s\S]*<h1>It hangs; the shop survives<\/h1>/);
  expect(html.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'$/,
  );
  const json = await report('json').expect(200).expect('Content-Type', 'application/json; charset=utf-8');
  expect(json.body).toMatchObject({ format: 1, id, outcome: 'finished', passed: false });
  const junit = await report('junit.xml').expect(200).expect('Content-Type', 'application/xml; charset=utf-8');
  const text = junit.text ?? String(junit.body);
  expect(elementsOf(text)[0]).toMatchObject({ name: 'testsuites', attributes: { failures: '2' } });
});

test('it is compared with an earlier one', async () => {
  const admin = await openAdmin();
  const [before, now] = [await rehearsed(admin), await rehearsed(admin)];
  const { body } = await admin.get(`/v1/rehearsals/${now}/report.json?against=${before}`).expect(200);
  expect(body.against).toMatchObject({ id: before, isSamePlan: true, rows: [] });
  const missing = await admin.get(`/v1/rehearsals/${now}/report.md?against=r-20300101-000000-00000009`).expect(404);
  expect(missing.body.detail).toContain('r-20300101-000000-00000009');
});

test('one that runs is not reported yet, and one that there never was not at all', async () => {
  const admin = await openAdmin();
  const { body } = await admin.post('/v1/rehearsals', FILE).expect(201);
  const refused = await admin.get(`/v1/rehearsals/${body.id}/report.md`).expect(409);
  expect(refused.body.detail).toBe(`rehearsal ${body.id} runs still, and is reported when it has ended`);
  await admin.get('/v1/rehearsals/r-20300101-000000-00000009/report.json').expect(404);
  await admin.get(`/v1/rehearsals/${body.id}/report.pdf`).expect(404);
});
