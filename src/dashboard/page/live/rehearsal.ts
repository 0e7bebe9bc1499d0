// The rehearsal of the world looked at, in full: read when the stream says that it has changed.
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RehearsalAnswer, RehearsalLine } from '../../../admin/contract/rehearsal.ts';
import { client, isIn, whyOf } from '../session.ts';
import { latest, rehearsalChanges } from './kept.ts';

export interface Read<What> {
  readonly value: What;
  readonly why: string | null;
}

/** The running one, or the one named; null: none. */
export const shown = signal<Read<RehearsalAnswer | null>>({ value: null, why: null });
/** All of this world, the newest first; null until they are read. */
export const lines = signal<Read<readonly RehearsalLine[] | null>>({ value: null, why: null });

export const runningId = computed(() => latest.value?.rehearsal?.id ?? null);

/** Reads anew with every change for as long as its component is on the page; `id` null: the running one. */
export function useRehearsal(id: string | null): void {
  const asked = id ?? runningId.value;
  const phase = latest.value?.rehearsal?.phase ?? null;
  const changes = rehearsalChanges.value;
  useEffect(() => {
    let isLeft = false;
    void read(asked, () => isLeft);
    return () => {
      isLeft = true;
    };
  }, [asked, phase, changes, client.value, isIn.value]);
}

async function read(id: string | null, isLeft: () => boolean): Promise<void> {
  try {
    const all = await client.peek().rehearsals();
    const one = id === null ? null : await client.peek().rehearsal(id);
    if (isLeft()) return;
    lines.value = { value: all, why: null };
    shown.value = { value: one, why: null };
  } catch (error) {
    if (!isLeft()) shown.value = { ...shown.peek(), why: whyOf(error) };
  }
}
