// The panels, in the order of the bar; each is loaded when it is first looked at.
import type { ComponentType } from 'preact';
import { WORDS } from './words/shell.ts';

export interface Panel {
  readonly name: string;
  readonly title: string;
  load(): Promise<ComponentType>;
}

export const PANELS: readonly Panel[] = [
  {
    name: 'now',
    title: WORDS.panels.now,
    load: async () => (await import('./panels/now/now.tsx')).Now,
  },
  {
    name: 'charts',
    title: WORDS.panels.charts,
    load: async () => (await import('./panels/charts/charts.tsx')).Charts,
  },
  {
    name: 'clients',
    title: WORDS.panels.clients,
    load: async () => (await import('./panels/clients/clients.tsx')).Clients,
  },
  {
    name: 'shelf',
    title: WORDS.panels.shelf,
    load: async () => (await import('./panels/shelf/shelf.tsx')).Shelf,
  },
  {
    name: 'journal',
    title: WORDS.panels.journal,
    load: async () => (await import('./panels/journal/journal.tsx')).Journal,
  },
  {
    name: 'house',
    title: WORDS.panels.house,
    load: async () => (await import('./panels/house/house.tsx')).House,
  },
  {
    name: 'rehearsal',
    title: WORDS.panels.rehearsal,
    load: async () => (await import('./panels/rehearsal/rehearsal.tsx')).Rehearsal,
  },
  {
    name: 'worlds',
    title: WORDS.panels.worlds,
    load: async () => (await import('./panels/worlds/worlds.tsx')).Worlds,
  },
];
