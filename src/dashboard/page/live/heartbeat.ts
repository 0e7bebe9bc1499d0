// The dead-man's switch: while a rehearsal runs in the world looked at, a page that may change things says that somebody is there.
import { computed, effect, signal } from '@preact/signals';
import { AdminError } from '../../../sdk/errors.ts';
import { panelName } from '../route.ts';
import { client, mayChange, whyOf } from '../session.ts';
import { isView } from '../views/names.ts';
import { latest } from './kept.ts';

/** Id of the rehearsal for which this page holds the switch; null: none. */
export const heldFor = computed(() => {
  const running = latest.value?.rehearsal?.id ?? null;
  return mayChange.value && !isView(panelName.value) ? running : null;
});

export type Beat = { readonly is: 'none' } | { readonly is: 'heard' } | { readonly is: 'lost' };
export const lastBeat = signal<Beat>({ is: 'none' });

export function startHeartbeat(): void {
  effect(() => {
    const id = heldFor.value;
    if (id === null) {
      lastBeat.value = { is: 'none' };
      return;
    }
    const worker = new Worker(new URL('./heartbeat-worker.ts', import.meta.url), { type: 'module' });
    let isFirst = true;
    const beatOn = async (): Promise<void> => {
      await beat(id);
      if (lastBeat.peek().is === 'none' && !isFirst) worker.terminate();
      isFirst = false;
    };
    worker.onmessage = () => void beatOn();
    void beatOn();
    addEventListener('beforeunload', warn);
    return () => {
      worker.terminate();
      removeEventListener('beforeunload', warn);
    };
  });
}

async function beat(id: string): Promise<void> {
  try {
    await client.peek().beatRehearsal(id);
    lastBeat.value = { is: 'heard' };
  } catch (error) {
    whyOf(error);
    lastBeat.value = { is: isOver(error) ? 'none' : 'lost' };
  }
}

/** It has ended, or is not there any more; the stream tells so to a tab that is seen. */
const isOver = (error: unknown): boolean =>
  error instanceof AdminError && (error.status === 404 || error.status === 409);

/** Whoever closes the page lets go of the switch. */
const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
