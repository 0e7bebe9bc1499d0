// The report of a rehearsal that has ended, in each of its forms.
import { compare } from '../../rehearsal/report/comparison.ts';
import { FORMS, type Form } from '../../rehearsal/report/forms.ts';
import { reportQuery } from '../contract/rehearsal.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, type Route } from '../route.ts';

export const reportRoutes = (deps: AdminDeps): Route[] => FORMS.map((form) => reportRoute(form, deps));

const reportRoute = ({ name, extension, type, summary, headers, print }: Form, { rehearsals }: AdminDeps): Route =>
  defineRoute({
    name: `getReportAs${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    method: 'GET',
    path: `/v1/rehearsals/{id}/report.${extension}`,
    summary: `What came of a rehearsal that has ended, ${summary}.`,
    access: 'read',
    params: { id: 'id of the rehearsal' },
    query: reportQuery,
    answers: { 200: { summary: 'The report.', type: type.split(';')[0] ?? type } },
    refusals: ['malformed', 'not_found', 'conflict', 'too_much_evidence'],
    async handle({ world, params, query: { against } }) {
      const report = await rehearsals.report(world, params.id ?? '');
      const before = against === undefined ? null : await rehearsals.report(world, against);
      const body = await print(report, before && compare(report, before));
      return { status: 200, type, body, ...(headers && { headers }) };
    },
  });
