// Holds the panel that is looked at: loads it, and says so when it cannot be shown, while the rest of the page lives on.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { detailOf } from '../../../sdk/errors.ts';
import { PANELS } from '../panels.ts';
import { panelName, worldName } from '../route.ts';
import { WORDS } from '../words/shell.ts';
import { Guard } from './guard.tsx';
import { Notice } from './notice.tsx';

type Loaded =
  | { readonly is: 'loading' }
  /** `of` is the place that it was loaded for: until the next one is there, it stays as it is. */
  | { readonly is: 'here'; readonly of: string; readonly Panel: ComponentType }
  | { readonly is: 'wrong'; readonly why: string };

export function PanelFrame() {
  const title = PANELS.find(({ name }) => name === panelName.value)?.title ?? panelName.value;
  return (
    <>
      <h1 class="visually-hidden">{title}</h1>
      <LoadedPanel />
    </>
  );
}

function LoadedPanel() {
  const [name, world] = [panelName.value, worldName.value];
  const [loaded, set] = useState<Loaded>({ is: 'loading' });
  useEffect(() => {
    let isLeft = false;
    const tell = (next: Loaded): void => {
      // an effect is taken back only after the next frame, and one may have left already
      if (!isLeft && name === panelName.peek() && world === worldName.peek()) set(next);
    };
    const panel = PANELS.find((one) => one.name === name);
    if (!panel) tell({ is: 'wrong', why: WORDS.noPanel(name) });
    else
      panel.load().then(
        (Panel) => tell({ is: 'here', of: `${world} ${name}`, Panel }),
        (error) => tell({ is: 'wrong', why: detailOf(error) }),
      );
    document.title = `${panel?.title ?? name} · ${world} · ${WORDS.name}`;
    return () => {
      isLeft = true;
    };
  }, [name, world]);
  if (loaded.is === 'loading') return <Notice title={WORDS.loading} busy />;
  if (loaded.is === 'wrong') return <Notice title={WORDS.panelFailed} text={loaded.why} tone="bad" />;
  const { of, Panel } = loaded;
  return (
    <Guard key={of}>
      <Panel />
    </Guard>
  );
}
