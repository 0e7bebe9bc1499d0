// The kinds of fault in their own words.
import { parametersSchema } from '../../faults/reference.ts';
import { faults } from '../../faults/registry.ts';
import { type Kind, kindShape, listOf } from '../contract/contract.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export function kindRoutes(): Route[] {
  let kinds: readonly Kind[] | undefined; // described for who asks, and at no cost to a start
  return [
    defineRoute({
      name: 'listKinds',
      of: 'process',
      method: 'GET',
      path: '/v1/kinds',
      summary: 'Every kind of fault: what a seller sees, what a client learns, and its parameters.',
      access: 'read',
      answers: { 200: { summary: 'All kinds.', shape: listOf(kindShape) } },
      handle() {
        kinds ??= faults.map(describe);
        return ok({ data: kinds });
      },
    }),
  ];
}

function describe(fault: (typeof faults)[number]): Kind {
  const { name, summary, teaches, signature, at, directOnly, living, example } = fault;
  const { $schema: _, ...parameters } = parametersSchema(fault);
  const shown = { says: signature.says, shows: { ...signature.shows } };
  return { name, summary, teaches, signature: shown, at: [...at], directOnly, living, parameters, example };
}
