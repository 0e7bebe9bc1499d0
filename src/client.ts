// The client of the admin API alone, for tests and tools of a server that runs elsewhere; needs nothing but Node.
export { type AdminClient, type ByBody, createAdminClient } from './sdk/admin-client.ts';
export { AdminError, AdminUnreachable } from './sdk/admin-request.ts';
export type { AdminEvent, EventsOptions } from './sdk/event-stream.ts';
export type { WorldAddress } from './sdk/world-address.ts';
