// What the form of a new world means, as the admin API is asked it.
import type { WorldBody } from '../../../../admin/contract/worlds.ts';

export interface WorldForm {
  readonly name: string;
  readonly catalog: string;
  readonly seed: string;
  readonly door: 'none' | 'free' | 'port';
  readonly port: string;
}

export const EMPTY_FORM: WorldForm = { name: '', catalog: '', seed: '', door: 'none', port: '' };

/** What is left empty is the server's to say; what is wrong the server refuses in its own words. */
export function worldBodyOf({ catalog, seed, door, port }: WorldForm): WorldBody {
  const doors = { none: undefined, free: true, port: Number(port) } as const;
  const asked = doors[door];
  return {
    ...(catalog.trim() !== '' && { catalog: catalog.trim() }),
    ...(seed.trim() !== '' && { seed: Number(seed) }),
    ...(asked !== undefined && { door: asked }),
  };
}
