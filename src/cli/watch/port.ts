// What a watch asks of the server.
import type { AdminClient } from '../../sdk/admin-client.ts';
import type { WatchPort } from './watching.ts';

export const watchPort = (client: AdminClient): WatchPort => ({
  events: (signal) => client.events(signal, { view: 'summary' }),
  boxOfficeClock: () => client.clock(),
});
