// The names of the doors that settings open, so that a rule which names another is a mistake.
import { MAIN_DOOR, TLS_DOOR } from '../base/door-names.ts';
import { doorPorts } from './setting-schema.ts';
import type { Config } from './values.ts';

/** In the order in which they open. */
export const doorNames = ({ doors, tlsPort }: Pick<Config, 'doors' | 'tlsPort'>): string[] => [
  MAIN_DOOR,
  ...doors.map(({ name }) => name),
  ...(tlsPort === undefined ? [] : [TLS_DOOR]),
];

/** Those of a server with this environment, for commands that read its rules without starting one; a bad setting opens none. */
export function doorNamesOf(env: NodeJS.ProcessEnv = process.env): string[] {
  const { data: doors = [] } = doorPorts.safeParse(env.SHOWSTOPPER_DOORS ?? '');
  return doorNames({ doors, tlsPort: env.SHOWSTOPPER_TLS_PORT ? 0 : undefined });
}
