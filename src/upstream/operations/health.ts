// The sellers' own probe: faulted like every other operation.

import { json } from '../replies.ts';
import { defineOperation } from './operation.ts';
import { noQuery } from './requests.ts';
import { healthShape } from './schemas.ts';

const WELL = JSON.stringify({ status: 'ok' });

export const getHealth = defineOperation({
  name: 'getHealth',
  method: 'GET',
  path: '/v1/health',
  summary: 'Says that the upstream is there',
  query: noQuery,
  answers: { 200: { summary: 'It is there.', shape: healthShape } },
  handler: () => json(200, WELL),
});
