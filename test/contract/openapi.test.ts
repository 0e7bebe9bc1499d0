// Both OpenAPI documents satisfy a public validator and a public linter.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Document, type DocumentedCall, documentOf, LISTENERS } from './documents.ts';
import { lint } from './redocly.ts';

const PROBES = ['/healthz', '/readyz'];
const folder = mkdtempSync(join(tmpdir(), 'showstopper-openapi-'));
let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const callsOf = (document: Document): [string, DocumentedCall][] =>
  Object.entries(document.paths).flatMap(([path, calls]) =>
    Object.values(calls).map((call): [string, DocumentedCall] => [path, call]),
  );

describe.each(LISTENERS)('the document of the %s listener', (listener) => {
  test('is valid OpenAPI 3.1', async () => {
    const document = await documentOf(server, listener);
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(document)).toEqual({ valid: true });
  });

  test('leaves the linter nothing to say', async () => {
    expect(await lint(await documentOf(server, listener), folder)).toEqual([]);
  });

  test('has for every call a no of its own; only probes refuse nobody', async () => {
    const refusesNobody = callsOf(await documentOf(server, listener))
      .filter(([, { responses }]) => !Object.keys(responses).some((status) => status.startsWith('4')))
      .map(([path]) => path);
    expect(refusesNobody).toEqual(listener === 'admin' ? PROBES : []);
  });

  test('has no group that is empty', async () => {
    const document = await documentOf(server, listener);
    const used = new Set(callsOf(document).flatMap(([, { tags }]) => tags));
    expect(document.tags.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});

test('the linter finds what is wrong, and where', async () => {
  const whole = JSON.stringify(await documentOf(server, 'upstream'));
  const [twice, lying] = [
    whole.replace('"operationId":"getSession"', '"operationId":"listSessions"'),
    whole.replace('"seats":["C-7"],"amount":20000000', '"seats":"C-7","amount":20000000'),
  ].map((text) => JSON.parse(text) as object);
  expect(await lint(twice as object, folder)).toEqual([expect.stringMatching(/^operation-operationId-unique /)]);
  expect(await lint(lying as object, folder)).toEqual([
    expect.stringMatching(/^no-invalid-schema-examples #\/components\/schemas\/Reservation\/examples\/0/),
  ]);
});
