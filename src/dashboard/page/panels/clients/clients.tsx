// Clients: one row each, or the trace of the one that the address names.
import { latest } from '../../live/kept.ts';
import { connection } from '../../live/live.ts';
import { Notice } from '../../parts/notice.tsx';
import { place } from '../../route.ts';
import { WORDS as SHELL } from '../../words/shell.ts';
import { ClientTable } from './client-table.tsx';
import './clients.css';
import { ClientTrace } from './trace.tsx';

export function Clients() {
  const { client } = place.value.query;
  if (client !== undefined && client !== '') return <ClientTrace key={client} name={client} />;
  if (latest.value === null) {
    const now = connection.value;
    if (now.is === 'refused') return <Notice title={SHELL.panelFailed} text={now.why} tone="bad" />;
    return <Notice title={SHELL.loading} busy />;
  }
  return <ClientTable />;
}
