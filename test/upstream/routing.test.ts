// The segment table finds the operation of a path; what has none is a 404 or a 405, and nothing else answers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/upstream/operations/operations.ts';
import { matchOperation } from '../../src/upstream/operations/segments.ts';
import { testUpstream } from '../support/upstream-app.ts';

const anyOperation = fc.constantFrom(...OPERATIONS);
const pathOf = (template: string, id: string): string => template.replace(/\{\w+\}/, id);

describe('the segment table', () => {
  test('finds every operation and decodes its parameters', () => {
    fc.assert(
      fc.property(anyOperation, fc.string({ minLength: 1, unit: 'grapheme' }), (operation, id) => {
        fc.pre(id.isWellFormed());
        const matched = matchOperation(operation.method, pathOf(operation.path, encodeURIComponent(id)));
        expect(matched?.operation.name).toBe(operation.name);
        const name = /\{(\w+)\}/.exec(operation.path)?.[1];
        expect(matched?.params).toEqual(name === undefined ? {} : { [name]: id });
      }),
    );
  });

  test('takes nothing after the end of a path', () => {
    const trailing = fc.constantFrom('/', '//', '/x', '/x/y', '%', ';x', '.');
    fc.assert(
      fc.property(anyOperation, trailing, ({ method, path }, more) => {
        const longer = `${pathOf(path, 'a')}${more}`;
        const known = OPERATIONS.some((other) => other.method === method && sameForm(other.path, longer));
        expect(matchOperation(method, longer) !== undefined).toBe(known && !more.includes('%'));
      }),
    );
  });

  test('never throws, whatever the path', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const path of [text, `/${text}`, `/v1/sessions/${text}`, `/v1/orders/%${text}`])
          expect(() => matchOperation('GET', path)).not.toThrow();
      }),
    );
  });

  test('gives HEAD what GET does, and other methods only their own', () => {
    expect(matchOperation('HEAD', '/v1/sessions')?.operation.name).toBe('listSessions');
    expect(matchOperation('HEAD', '/v1/discounts/validate')).toBeUndefined();
    expect(matchOperation('get', '/v1/sessions')).toBeUndefined();
    expect(matchOperation('POST', '/v1/orders')?.operation.name).toBe('createOrder');
  });

  test('finds no empty parameter and no other case', () => {
    for (const path of ['', '/', '//', '/v1', '/v1/sessions/', '/v1/sessions//seat-map', '/V1/sessions', 'v1/sessions'])
      expect(matchOperation('GET', path)).toBeUndefined();
  });
});

function sameForm(template: string, path: string): boolean {
  const [parts, others] = [template.split('/'), path.split('/')];
  return (
    parts.length === others.length &&
    parts.every((part, i) => (part.startsWith('{') ? others[i] !== '' : part === others[i]))
  );
}

describe('what has no operation', () => {
  const { http } = testUpstream();

  test('an unknown path is a 404 problem', async () => {
    for (const path of ['/', '/v1', '/v2/sessions', '/v1/sessions/', '/v1/sessions/s1/', '/v1/sessions/%E0%A4%A']) {
      const { status, body, type } = await http.get(path);
      expect([status, type, body.code, body.instance]).toEqual([404, 'application/problem+json', 'not_found', path]);
    }
  });

  test('an unknown method of a known path is a 405 that names the known ones', async () => {
    const { status, body, headers } = await http.put('/v1/orders').send({});
    expect([status, body.code]).toEqual([405, 'method_not_allowed']);
    expect(headers.allow?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'POST']);
    expect((await http.post('/openapi.json')).status).toBe(405);
    expect((await http.propfind('/v1/orders')).status).toBe(405);
  });

  test('OPTIONS names the methods of a path', async () => {
    const { status, headers, text } = await http.options('/v1/reservations/r1');
    expect([status, text, headers['content-type']]).toEqual([204, '', undefined]);
    expect(headers.allow?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'HEAD']);
    expect((await http.options('/nowhere')).status).toBe(404);
  });

  test('HEAD has the headers of GET and no body', async () => {
    for (const path of ['/v1/sessions', '/v1/sessions/s1/seat-map', '/openapi.json']) {
      const { status, headers, text } = await http.head(path);
      const full = await http.get(path);
      expect([status, text ?? '']).toEqual([200, '']);
      for (const name of ['content-type', 'cache-control', 'etag']) expect(headers[name]).toBe(full.headers[name]);
    }
  });
});
