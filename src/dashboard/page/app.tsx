// The page as a whole: who may not come in yet, a view without controls, or the bar with one panel.
import { WORLD_NAME_FORM } from '../../sdk/world-address.ts';
import { Guard } from './parts/guard.tsx';
import { Locked } from './parts/locked.tsx';
import { Notice } from './parts/notice.tsx';
import { Shell } from './parts/shell.tsx';
import { isWorldName, panelName, worldName } from './route.ts';
import { enter, entry } from './session.ts';
import { isView } from './views/names.ts';
import { View } from './views/view.tsx';
import { WORDS } from './words/shell.ts';

export function App() {
  const now = entry.value;
  switch (now.is) {
    case 'asking':
      return <Notice title={WORDS.asking} busy alone />;
    case 'outside':
      return (
        <Notice title={now.title} text={`${now.why} ${WORDS.askedAgain}`} tone="bad" alone>
          <button type="button" onClick={() => void enter()}>
            {WORDS.again}
          </button>
        </Notice>
      );
    case 'locked':
      return <Locked why={now.why} />;
    case 'in':
      return <Guard>{isWorldName.value ? isView(panelName.value) ? <View /> : <Shell /> : <BadWorld />}</Guard>;
  }
}

function BadWorld() {
  return (
    <Notice title={WORDS.badWorld} text={WORDS.badWorldText(worldName.value, WORLD_NAME_FORM)} tone="bad" alone>
      <a href="#/now">{WORDS.defaultWorld}</a>
    </Notice>
  );
}
