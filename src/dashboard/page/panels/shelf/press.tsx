// The press of a form: what will happen in plain words, the button, and what the server says of the whole.
import { useEffect, useRef, useState } from 'preact/hooks';
import { mayChange } from '../../session.ts';
import { WORDS } from '../../words/shelf.ts';
import { NOTHING_WRONG, type Wrong } from './refusal.ts';

interface PressProps {
  readonly sentence?: string;
  readonly label: string;
  readonly busyLabel: string;
  readonly refused: string;
  readonly wrong: Wrong;
  readonly busy: boolean;
}

export function Press({ sentence, label, busyLabel, refused, wrong, busy }: PressProps) {
  const press = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrong.marked > 0) showFirst(press.current?.closest('form'));
  }, [wrong]);
  return (
    <div class="press" ref={press}>
      {sentence !== undefined && (
        <p class="will">
          <span class="muted">{WORDS.arm.will}</span> <strong>{sentence}</strong>
        </p>
      )}
      <button type="submit" class="primary" disabled={busy || !mayChange.value}>
        {busy ? busyLabel : label}
      </button>
      {(wrong.rest.length > 0 || wrong.marked > 0) && (
        <div class="bad" role="alert">
          <p>
            {refused} {wrong.marked > 0 && WORDS.arm.marked}
          </p>
          {wrong.rest.map((says) => (
            <p key={says}>{says}</p>
          ))}
        </div>
      )}
    </div>
  );
}

/** The first field that is wrong may be far above the button. */
function showFirst(form: HTMLElement | null | undefined): void {
  const why = form?.querySelector<HTMLElement>('.why:not([hidden])');
  why?.scrollIntoView({ block: 'center' });
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus({ preventScroll: true });
}

export interface Sending<Done> {
  readonly busy: boolean;
  readonly wrong: Wrong;
  readonly done: Done | null;
  /** Asks the server, and keeps its answer or what it says against it. */
  send(ask: () => Promise<Done>, wrongFrom: (error: unknown) => Wrong): Promise<void>;
  refuse(wrong: Wrong): void;
}

export function useSending<Done>(): Sending<Done> {
  const [state, tell] = useState<Omit<Sending<Done>, 'send' | 'refuse'>>({
    ...{ busy: false, wrong: NOTHING_WRONG, done: null },
  });
  return {
    ...state,
    async send(ask, wrongFrom) {
      tell({ busy: true, wrong: NOTHING_WRONG, done: null });
      try {
        tell({ busy: false, wrong: NOTHING_WRONG, done: await ask() });
      } catch (error) {
        tell({ busy: false, wrong: wrongFrom(error), done: null });
      }
    },
    refuse: (wrong) => tell({ busy: false, wrong, done: null }),
  };
}
