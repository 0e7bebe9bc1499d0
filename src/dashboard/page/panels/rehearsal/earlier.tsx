// The rehearsals there were in this world, the newest first.
import { dayAndTime } from '../../format.ts';
import { lines } from '../../live/rehearsal.ts';
import { Notice } from '../../parts/notice.tsx';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/rehearsal.ts';
import { WORDS as SHELL } from '../../words/shell.ts';

export function Earlier() {
  const { value } = lines.value;
  if (value === null) return <Notice title={SHELL.loading} busy />;
  return (
    <section class="card" aria-labelledby="earlier-title">
      <h2 id="earlier-title">{WORDS.earlier}</h2>
      {value.length === 0 ? (
        <p class="empty">{WORDS.none}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{WORDS.title}</th>
                <th scope="col">{WORDS.began}</th>
                <th scope="col">{WORDS.status}</th>
                <th scope="col">{WORDS.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {value.map(({ id, title, startedAt, status, holds }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={panelHash('rehearsal', { id })}>{title}</a>
                  </th>
                  <td>{dayAndTime(startedAt)}</td>
                  <td>{status}</td>
                  <td class={holds === null ? 'muted' : holds ? 'ok' : 'bad'}>
                    {WORDS.outcomes[`${holds}` as keyof typeof WORDS.outcomes]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
