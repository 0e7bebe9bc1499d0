// A button that asks the server to do something: busy meanwhile, and with the server's own words when it says no.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { mayChange, whyOf } from '../session.ts';

interface ActionButtonProps {
  readonly label: string;
  readonly busyLabel?: string;
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly disabled?: boolean;
  readonly describedAs?: string;
  /** Viewers may press it too. */
  readonly readsOnly?: boolean;
  act(): Promise<unknown>;
  readonly children?: ComponentChildren;
}

export function ActionButton(props: ActionButtonProps) {
  const { label, busyLabel = label, kind = 'plain', disabled = false, describedAs, readsOnly = false, act } = props;
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const press = async (): Promise<void> => {
    setBusy(true);
    setWhy(null);
    try {
      await act();
    } catch (error) {
      setWhy(whyOf(error));
    }
    setBusy(false);
  };
  return (
    <span class="action">
      <button
        type="button"
        class={kind}
        disabled={disabled || busy || !(readsOnly || mayChange.value)}
        aria-label={describedAs}
        onClick={() => void press()}
      >
        {busy ? busyLabel : (props.children ?? label)}
      </button>
      {why !== null && (
        <span class="bad" role="alert">
          {why}
        </span>
      )}
    </span>
  );
}
