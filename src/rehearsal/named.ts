// Sellers and operations that a rehearsal names: checked, and sellers as they are shown instead of by their keys.
import type { ClientNamed } from '../base/client-names.ts';
import { unknownName } from '../base/unknown-name.ts';
import type { WrittenRehearsal } from './rehearsal-schema.ts';

export type Complain = (path: readonly PropertyKey[], message: string) => void;
type Path = readonly PropertyKey[];

interface Names {
  readonly operations: readonly string[];
  named(client: string): ClientNamed;
}

/** No key of a seller is left in what it gives. */
export function withNames(written: WrittenRehearsal, names: Names, complain: Complain): WrittenRehearsal {
  const named = (client: string, path: Path): string => {
    const found = names.named(client);
    if ('name' in found) return found.name;
    complain(path, found.mistake);
    return client;
  };
  const within = <Part extends Reaching>(part: Part, path: Path): Part => {
    for (const [index, operation] of (part.operations ?? []).entries())
      if (!names.operations.includes(operation))
        complain([...path, 'operations', index], unknownName('operation', operation, names.operations));
    if (!part.clients) return part;
    return { ...part, clients: part.clients.map((client, index) => named(client, [...path, 'clients', index])) };
  };
  const { client, hypothesis, blastRadius, phases } = written;
  return {
    ...written,
    ...(client !== undefined && { client: named(client, ['client']) }),
    hypothesis: hypothesis.map((condition, index) =>
      condition.client === undefined
        ? condition
        : { ...condition, client: named(condition.client, ['hypothesis', index, 'client']) },
    ),
    blastRadius: within(blastRadius, ['blastRadius']),
    ...(phases && {
      phases: phases.map((phase, index) => ({
        ...phase,
        ...(phase.on && { on: phase.on.map((fault, at) => within(fault, ['phases', index, 'on', at])) }),
      })),
    }),
  };
}

interface Reaching {
  readonly operations?: string[] | undefined;
  readonly clients?: string[] | undefined;
}
