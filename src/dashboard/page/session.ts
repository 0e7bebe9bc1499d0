// Who one is to the server: the token, kept for this tab's session only, and what it may do.
import { computed, effect, signal } from '@preact/signals';
import type { Access } from '../../admin/contract/access.ts';
import { type AdminClient, createAdminClient } from '../../sdk/admin-client.ts';
import { AdminError, detailOf } from '../../sdk/errors.ts';
import { DEFAULT_WORLD, worldName } from './route.ts';
import { WORDS } from './words/shell.ts';

const TOKEN_KEY = 'showstopper-token';

export type Entry =
  | { readonly is: 'asking' }
  | { readonly is: 'in'; readonly access: Access }
  | { readonly is: 'locked'; readonly why: string | null }
  /** It did not say who one is to it; it is asked again and again. */
  | { readonly is: 'outside'; readonly title: string; readonly why: string };

/** How soon a server is asked again that did not let one in. */
const AGAIN_MS = 3000;

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
  effect(() => {
    if (entry.value.is !== 'outside') return;
    const timer = setTimeout(() => void enter(), AGAIN_MS);
    return () => clearTimeout(timer);
  });
}

export async function enterWith(given: string): Promise<void> {
  token.value = given;
  await enter();
}

/** Also called when a call is refused, since the token may have come to its end, and when a server has come back. */
export async function enter(): Promise<void> {
  const asked = token.peek();
  const next = await server.peek().access().then(admitted, turnedAway);
  if (token.peek() !== asked) return;
  if (next.is === 'locked') leave(asked === undefined ? null : next.why);
  // who is in stays in while a server is away: the page says so, and what was known stays on show
  else if (next.is === 'in' || !isIn.peek()) entry.value = next;
  if (next.is === 'in' && asked !== undefined) sessionStorage.setItem(TOKEN_KEY, asked);
}

function admitted(access: Access): Entry {
  const isUnderstood = typeof access?.mayChange === 'boolean' && typeof access.version === 'string';
  return isUnderstood ? { is: 'in', access } : { is: 'outside', ...WORDS.notUnderstood };
}

function turnedAway(error: unknown): Entry {
  const why = detailOf(error);
  if (!(error instanceof AdminError)) return { is: 'outside', title: WORDS.unreachable, why };
  if (error.status === 401) return { is: 'locked', why: WORDS.wrongToken };
  if (error.status === 404) return { is: 'outside', ...WORDS.olderServer };
  return { is: 'outside', title: WORDS.turnedAway, why };
}

/** Forgets the token. */
export function leave(why: string | null = null): void {
  sessionStorage.removeItem(TOKEN_KEY);
  token.value = undefined;
  entry.value = { is: 'locked', why };
}

/** The same of a call to the server; a token that it no longer knows is asked for again. */
export function whyOf(error: unknown): string {
  if (error instanceof AdminError && error.status === 401) void enter();
  return detailOf(error);
}
