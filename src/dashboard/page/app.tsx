// The page as a whole: who may not come in yet, a view without controls, or the bar with one panel.
import { Locked } from './parts/locked.tsx';
import { Notice } from './parts/notice.tsx';
import { Shell } from './parts/shell.tsx';
import { panelName } from './route.ts';
import { enter, entry } from './session.ts';
import { isView } from './views/names.ts';
import { View } from './views/view.tsx';
import { WORDS } from './words/shell.ts';

export function App() {
  const now = entry.value;
  switch (now.is) {
    case 'asking':
      return <Notice title={WORDS.asking} busy />;
    case 'unreachable':
      return (
        <Notice title={WORDS.unreachable} text={now.why} tone="bad">
          <button type="button" onClick={() => void enter()}>
            {WORDS.again}
          </button>
        </Notice>
      );
    case 'locked':
      return <Locked why={now.why} />;
    case 'in':
      return isView(panelName.value) ? <View /> : <Shell />;
  }
}
