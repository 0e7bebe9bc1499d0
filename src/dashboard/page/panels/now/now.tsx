// The first screen, which a facilitator really looks at: what is broken, what it does, how long still, and how far it is to the end.
import { latest } from '../../live/kept.ts';
import { connection, isCurrent } from '../../live/live.ts';
import { Notice } from '../../parts/notice.tsx';
import { WORDS as SHELL } from '../../words/shell.ts';
import { Faults } from './faults.tsx';
import { FirstMinute } from './first-minute.tsx';
import { Moments } from './moments.tsx';
import './now.css';
import { Numbers } from './numbers.tsx';
import { OpenByClient } from './open-by-client.tsx';
import { RehearsalNow } from './rehearsal-now.tsx';
import { Story } from './story.tsx';

export function Now() {
  if (latest.value === null) {
    const now = connection.value;
    if (now.is === 'refused') return <Notice title={SHELL.panelFailed} text={now.why} tone="bad" />;
    return <Notice title={SHELL.loading} busy />;
  }
  return (
    <div class={`now ${isCurrent() ? '' : 'old'}`}>
      <FirstMinute />
      <Faults />
      <Numbers />
      <Story />
      <OpenByClient />
      <RehearsalNow />
      <Moments />
    </div>
  );
}
