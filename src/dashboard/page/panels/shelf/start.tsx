// Where somebody begins who has never been here: what is often broken, a press away.
import type { ProfileLine } from '../../../../admin/contract/contract.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/shelf.ts';

interface StartProps {
  readonly show: 'profiles' | 'scenarios' | 'rule' | 'write';
  readonly profiles: readonly ProfileLine[];
}

export function Start({ show, profiles }: StartProps) {
  if (show === 'scenarios') return <p class="empty card">{WORDS.start.scenario}</p>;
  if (show === 'rule') return <p class="empty card">{WORDS.start.rule}</p>;
  const there = WORDS.start.common.filter(([, name]) => profiles.some((one) => one.name === name));
  return (
    <section class="card start" aria-labelledby="start-title">
      <h2 id="start-title">{WORDS.start.title}</h2>
      <p class="muted">{WORDS.start.how}</p>
      <ul>
        {there.map(([says, name]) => (
          <li key={name}>
            <a href={panelHash('shelf', { profile: name })}>
              <strong>{says}</strong>
              <span class="muted mono">{name}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class="muted">{WORDS.start.or}</p>
    </section>
  );
}
