// The views without controls, which take the whole page.
export const VIEWS = ['presenter', 'participants'] as const;
export type ViewName = (typeof VIEWS)[number];

export const isView = (panel: string): panel is ViewName => VIEWS.some((name) => name === panel);
