// What is wrong with the server itself, and with what it tells.
import { garbage, state } from '../live/kept.ts';
import { WORDS } from '../words/shell.ts';

export const Troubles = () => <Told troubles={[...(state.value?.doorTroubles ?? []), ...notUnderstood()]} />;

/** For the views, whose viewers need not know how the server is. */
export const NotUnderstood = () => <Told troubles={notUnderstood()} />;

const notUnderstood = (): string[] => (garbage.value === null ? [] : [WORDS.garbage(garbage.value)]);

function Told({ troubles }: { readonly troubles: readonly string[] }) {
  if (troubles.length === 0) return null;
  return (
    <div class="banner bad" role="alert">
      {troubles.map((trouble) => (
        <p key={trouble}>{trouble}</p>
      ))}
    </div>
  );
}
