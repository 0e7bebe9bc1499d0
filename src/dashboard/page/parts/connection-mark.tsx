// Says in a word whether what is shown is of now.
import { duration } from '../format.ts';
import { type Connection, connection, tick } from '../live/live.ts';
import { WORDS } from '../words/shell.ts';

export function ConnectionMark() {
  const now = connection.value;
  return (
    <span class={`connection ${now.is}`} role="status" title={'why' in now ? now.why : undefined}>
      {wordsOf(now)}
    </span>
  );
}

function wordsOf(now: Connection): string {
  const words = WORDS.connection;
  switch (now.is) {
    case 'stale':
    case 'lost':
      return words[now.is](duration(Math.round(Math.max(0, tick.value - now.since) / 1000) * 1000));
    case 'refused':
      return `${words.refused}: ${now.why}`;
    default:
      return words[now.is];
  }
}
