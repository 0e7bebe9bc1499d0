// How a command says which world it is about, when one was asked for.
import type { ClientOptions } from './admin.ts';

type Asked = Pick<ClientOptions, 'world'>;

/** Behind a statement. */
export const inWorld = ({ world }: Asked): string => (world === undefined ? '' : ` in the world ${world}`);

/** Behind a command that is shown. */
export const worldFlag = ({ world }: Asked): string => (world === undefined ? '' : ` --world ${world}`);
