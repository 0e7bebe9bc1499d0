// All clear: one press and one confirm, wherever one is; says what was done, and never what was meant.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Ended } from '../../../admin/contract/contract.ts';
import { count, duration } from '../format.ts';
import { client, mayChange, whyOf } from '../session.ts';
import { WORDS } from '../words/shell.ts';

type Step =
  | { readonly is: 'idle' }
  | { readonly is: 'asking' }
  | { readonly is: 'busy' }
  | { readonly is: 'done'; readonly ended: Ended }
  | { readonly is: 'failed'; readonly why: string };

/** The result is shown for so long. */
const SHOWN_MS = 8000;

export function AllClear() {
  const [step, go] = useState<Step>({ is: 'idle' });
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    go({ is: 'idle' });
    button.current?.focus();
  };
  useEffect(() => {
    if (step.is !== 'done') return;
    const timer = setTimeout(() => go({ is: 'idle' }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [step]);
  const heal = async (): Promise<void> => {
    go({ is: 'busy' });
    try {
      go({ is: 'done', ended: await client.value.heal() });
    } catch (error) {
      go({ is: 'failed', why: whyOf(error) });
    }
  };
  const isOpen = step.is === 'asking' || step.is === 'busy';
  return (
    <div class="all-clear">
      <button
        ref={button}
        type="button"
        class="danger"
        disabled={!mayChange.value}
        title={mayChange.value ? undefined : WORDS.healing.viewer}
        aria-expanded={isOpen}
        onClick={() => go(step.is === 'asking' ? { is: 'idle' } : { is: 'asking' })}
      >
        {WORDS.healing.button}
      </button>
      {isOpen && <Ask busy={step.is === 'busy'} heal={heal} close={close} />}
      {step.is === 'done' && (
        <p class="outcome ok" role="status">
          {doneWords(step.ended)}
        </p>
      )}
      {step.is === 'failed' && (
        <p class="outcome bad" role="alert">
          {WORDS.healing.failed(step.why)}
        </p>
      )}
    </div>
  );
}

interface AskProps {
  readonly busy: boolean;
  heal(): Promise<void>;
  close(): void;
}

function Ask({ busy, heal, close }: AskProps) {
  const confirm = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => confirm.current?.focus(), []); // Enter may come before the next frame
  return (
    <div
      class="ask"
      role="alertdialog"
      aria-label={WORDS.healing.button}
      aria-describedby="all-clear-ask"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <p id="all-clear-ask">{WORDS.healing.ask}</p>
      <button ref={confirm} type="button" class="danger" disabled={busy} onClick={() => void heal()}>
        {busy ? WORDS.healing.busy : WORDS.healing.confirm}
      </button>
      <button type="button" onClick={close}>
        {WORDS.healing.cancel}
      </button>
    </div>
  );
}

const doneWords = ({ rules, dropped, answered, ms }: Ended): string =>
  WORDS.healing.done({
    rules: rules === 1 ? '1 rule' : `${count(rules)} rules`,
    dropped: count(dropped),
    answered: count(answered),
    ms: duration(ms),
  });
