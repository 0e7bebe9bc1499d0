// The kind that a command line names, or a mistake that lists all of them.
import type { Fault } from '../faults/fault.ts';
import { faultByName } from '../faults/registry.ts';
import { EXIT, Failure } from './exit-status.ts';

export function kindNamed(name: string): Fault {
  const fault = faultByName.get(name);
  if (fault) return fault;
  throw new Failure(EXIT.badInput, `no kind ${JSON.stringify(name)}; there are: ${[...faultByName.keys()].join(', ')}`);
}
