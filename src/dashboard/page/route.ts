// Where one is on the page, as its address says: `#/w/team-a/now`; without a world, in the default one.
import { computed, signal } from '@preact/signals';
import { WORLD_NAME } from '../../sdk/world-address.ts';

export const DEFAULT_WORLD = 'default';

export interface Place {
  readonly world: string;
  /** Name of the panel, or of a view without controls. */
  readonly panel: string;
  readonly query: Readonly<Record<string, string>>;
}

const address = signal(location.hash);

export const place = computed<Place>(() => placeOf(address.value));
export const worldName = computed(() => place.value.world);
export const panelName = computed(() => place.value.panel);
/** Whether a world can have the name that the address says. */
export const isWorldName = computed(() => WORLD_NAME.test(worldName.value));

const PLACE = /^#\/(?:w\/([^/?]+)\/)?([a-z-]*)(?:\?(.*))?$/;

export function placeOf(hash: string): Place {
  const [, world = DEFAULT_WORLD, panel = '', query = ''] = PLACE.exec(hash) ?? [];
  return { world, panel: panel || 'now', query: Object.fromEntries(new URLSearchParams(query)) };
}

export function hashOf({ world, panel, query = {} }: Omit<Place, 'query'> & Partial<Pick<Place, 'query'>>): string {
  const text = new URLSearchParams(query).toString();
  const within = world === DEFAULT_WORLD ? '' : `w/${world}/`;
  return `#/${within}${panel}${text === '' ? '' : `?${text}`}`;
}

/** The address of another panel in the same world. */
export const panelHash = (panel: string, query: Readonly<Record<string, string>> = {}): string =>
  hashOf({ world: worldName.value, panel, query });

/** Before the browser tells of it, so that no panel asked for earlier comes between. */
export function goTo(hash: string): void {
  location.hash = hash;
  address.value = location.hash;
}

export function startRoute(): void {
  addEventListener('hashchange', () => {
    address.value = location.hash;
  });
}
