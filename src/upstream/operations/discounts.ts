// Discount codes: what one would take off, without using it.

import { json } from '../replies.ts';
import { defineOperation } from './operation.ts';
import { discountBody, noQuery } from './requests.ts';
import { discountVerdictShape } from './schemas.ts';

export const validateDiscount = defineOperation({
  name: 'validateDiscount',
  method: 'POST',
  path: '/v1/discounts/validate',
  summary: 'Says what a discount code would take off',
  query: noQuery,
  body: discountBody,
  bodyRequired: true,
  answers: {
    200: { summary: 'The verdict; a code that does not hold is an answer too.', shape: discountVerdictShape },
  },
  refusals: ['not_found'],
  about: ({ body }) => ({ session: body?.sessionId, customer: body?.customerRef }),
  async handler({ boxOffice, client, body, terms }) {
    const { valid, reason, amountOff } = await boxOffice.validateDiscount({ client, ...body }, terms);
    return json(200, JSON.stringify({ valid, reason, amountOff }));
  },
});
