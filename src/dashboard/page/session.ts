// Who one is to the server: the token, kept for this tab's session only, and what it may do.
import { computed, signal } from '@preact/signals';
import type { Access } from '../../admin/contract/access.ts';
import { type AdminClient, createAdminClient } from '../../sdk/admin-client.ts';
import { AdminError } from '../../sdk/admin-request.ts';
import { DEFAULT_WORLD, worldName } from './route.ts';
import { WORDS } from './words/shell.ts';

const TOKEN_KEY = 'showstopper-token';

export type Entry =
  | { readonly is: 'asking' }
  | { readonly is: 'in'; readonly access: Access }
  | { readonly is: 'locked'; readonly why: string | null }
  | { readonly is: 'unreachable'; readonly why: string };

const token = signal<string | undefined>(sessionStorage.getItem(TOKEN_KEY) ?? undefined);
export const entry = signal<Entry>({ is: 'asking' });

/** The server as a whole. */
export const server = computed<AdminClient>(() => createAdminClient({ url: location.origin, token: token.value }));
/** The world that is looked at. */
export const client = computed<AdminClient>(() =>
  worldName.value === DEFAULT_WORLD ? server.value : server.value.world(worldName.value),
);

export const mayChange = computed(() => entry.value.is === 'in' && entry.value.access.mayChange);
export const isIn = computed(() => entry.value.is === 'in');
/** The server is of another version than this page. */
export const isOtherVersion = computed(() => entry.value.is === 'in' && entry.value.access.version !== VERSION);

export function startSession(): void {
  void enter();
}

export async function enterWith(given: string): Promise<void> {
  token.value = given;
  await enter();
  if (isIn.value) sessionStorage.setItem(TOKEN_KEY, given);
}

/** Also called when a call is refused: the token may have come to its end. */
export async function enter(): Promise<void> {
  const had = token.value !== undefined;
  try {
    entry.value = { is: 'in', access: await server.value.access() };
  } catch (error) {
    if (!(error instanceof AdminError)) {
      entry.value = { is: 'unreachable', why: messageOf(error) };
      return;
    }
    leave(error.status === 401 ? (had ? WORDS.wrongToken : null) : error.message);
  }
}

/** Forgets the token. */
export function leave(why: string | null = null): void {
  sessionStorage.removeItem(TOKEN_KEY);
  token.value = undefined;
  entry.value = { is: 'locked', why };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
