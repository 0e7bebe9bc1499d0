// showstopper kinds: the registry in its own words; needs no server.
import type { Command } from 'commander';
import type { Kind } from '../../admin/contract/contract.ts';
import type { Fault } from '../../faults/fault.ts';
import { type ParameterWords, parametersOf, parametersSchema } from '../../faults/reference.ts';
import { faults } from '../../faults/registry.ts';
import { kindNamed } from '../kind-named.ts';
import { table } from '../table.ts';
import { print } from '../terminal.ts';

export function kinds(command: Command): void {
  command
    .argument('[KIND]', 'shows one in full')
    .option('--json', 'prints JSON')
    .action((name: string | undefined, { json }: { json?: true }) => {
      const chosen = name === undefined ? faults : [kindNamed(name)];
      const text = json
        ? JSON.stringify(chosen.map(view), null, 2)
        : name === undefined
          ? list()
          : full(kindNamed(name));
      print(text);
    });
}

/** As `GET /v1/kinds` shows it. */
function view({ name, summary, teaches, signature, at, directOnly, living, params, example }: Fault): Kind {
  const { $schema: _, ...parameters } = parametersSchema({ params });
  const shows = { ...signature.shows };
  return {
    name,
    summary,
    teaches,
    signature: { says: signature.says, shows },
    at: [...at],
    directOnly,
    living,
    parameters,
    example,
  };
}

const list = (): string =>
  table(
    ['KIND', 'WHAT A SELLER SEES'],
    faults.map(({ name, summary }) => [name, summary]),
  );

const LIVING_WORDS: Readonly<Record<Fault['living'], string>> = {
  all: 'it strikes these too, unless told `connections: new`.',
  new: 'it spares these, unless told `connections: all`, or `sever` to cut them.',
  untouchable: 'it cannot strike these; `connections: sever` cuts them.',
};

function full(fault: Fault): string {
  const parameters = parametersOf(fault);
  return [
    `${fault.name}: ${fault.summary}`,
    '',
    `Teaches: ${fault.teaches}`,
    `On the wire: ${fault.signature.says}`,
    `Connections that live already: ${fault.onlyAdds ? 'it does nothing to these.' : LIVING_WORDS[fault.living]}`,
    ...(fault.directOnly ? ['Only for clients that reach the upstream directly: a proxy between may hide it.'] : []),
    '',
    parameters.length === 0 ? 'It takes no parameters.' : table(['PARAMETER', 'DEFAULT', 'WHAT'], parameters.map(row)),
    '',
    'In a profile:',
    `  - fault: ${fault.name}`,
    ...(parameters.length === 0 ? [] : [`    with: ${JSON.stringify(fault.example)}`]),
  ].join('\n');
}

const row = ({ name, default: fallback, bare, says }: ParameterWords): string[] => [
  name,
  bare !== undefined ? `${bare} when bare` : fallback === undefined ? '' : String(fallback),
  says,
];
