// Requests as rules see them, and the kind that does nothing: the yardstick of the engine.
import { z } from 'zod';
import { type Conditions, defineFault } from '../../src/faults/fault.ts';
import type { Arrival } from '../../src/wire/arrival.ts';

export function arrival({
  url = '/v1/sessions',
  headers = {},
  ...parts
}: Partial<Arrival> & { headers?: Record<string, string> } = {}): Arrival {
  return {
    requestId: 'req_1',
    at: 0,
    operation: 'listSessions',
    client: 'seller-a',
    method: 'GET',
    base: '',
    door: 'main',
    address: '127.0.0.1',
    connectedAt: 0,
    connectionId: 1,
    connection: {},
    body: undefined,
    ...parts,
    url,
    path: url.split('?')[0] ?? url,
    header: (name) => headers[name],
    headerValues: (name) => (headers[name] === undefined ? [] : [headers[name]]),
  };
}

export const noop = defineFault({
  name: 'noop',
  summary: 'Does nothing.',
  teaches: 'What a rule costs.',
  signature: { says: 'Nothing changes.', shows: { ending: 'keep', answer: 'whole', work: true } },
  at: ['arrive', 'work', 'answer', 'deliver'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({
    arrive: () => undefined,
    work: (terms) => terms,
    answer: (reply) => reply,
    deliver: (delivery) => delivery,
  }),
});

/** A server that can do everything. */
export const CAPABLE: Conditions = {
  tls: true,
  darkness: true,
  floodRoom: () => 10_000,
  darkRoom: () => 16,
  notDark: () => ['main'],
};
