// Who waits: open requests by client, the most first.
import { count } from '../../format.ts';
import { latest } from '../../live/kept.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/now.ts';

const MAX_ROWS = 8;

export function OpenByClient() {
  const now = latest.value;
  if (!now) return null;
  const waiting = now.clients.filter(({ open }) => open > 0).sort((one, other) => other.open - one.open);
  const most = waiting[0]?.open ?? 1;
  return (
    <section class="card open" aria-labelledby="open-title">
      <h2 id="open-title">
        {WORDS.open} <small class="muted">{WORDS.byClient}</small>
      </h2>
      {waiting.length === 0 ? (
        <p class="empty">{WORDS.noOpen}</p>
      ) : (
        <ul class="bars">
          {waiting.slice(0, MAX_ROWS).map(({ client, open, timeoutMs }) => (
            <li key={client}>
              <a href={panelHash('clients', { client })}>{client}</a>
              <span class="track">
                <i style={{ width: `${(100 * open) / most}%` }} />
              </span>
              <span class="number">{count(open)}</span>
              {timeoutMs !== null && <span class="muted">gives up after {Math.round(timeoutMs / 100) / 10} s</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
