// What is wrong with the server itself, and with what it tells.
import { garbage, state } from '../live/kept.ts';
import { WORDS } from '../words/shell.ts';

export function Troubles() {
  const troubles = [...(state.value?.doorTroubles ?? []), ...(garbage.value ? [WORDS.garbage(garbage.value)] : [])];
  if (troubles.length === 0) return null;
  return (
    <div class="banner bad" role="alert">
      {troubles.map((trouble) => (
        <p key={trouble}>{trouble}</p>
      ))}
    </div>
  );
}
