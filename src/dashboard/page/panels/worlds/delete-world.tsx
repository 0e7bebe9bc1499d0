// Deletes a world, after one more question; who looked at it comes back to the default one.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ActionButton } from '../../parts/action-button.tsx';
import { DEFAULT_WORLD, hashOf, worldName } from '../../route.ts';
import { server } from '../../session.ts';
import { WORDS } from '../../words/worlds.ts';

interface DeleteWorldProps {
  readonly name: string;
  again(): void;
}

export function DeleteWorld({ name, again }: DeleteWorldProps) {
  const [isAsking, ask] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    ask(false);
    button.current?.focus();
  };
  const remove = async (): Promise<void> => {
    await server.value.deleteWorld(name);
    if (worldName.value === name) location.hash = hashOf({ world: DEFAULT_WORLD, panel: 'worlds' });
    again();
  };
  return (
    <div class="delete">
      <button ref={button} type="button" aria-expanded={isAsking} onClick={() => ask(!isAsking)}>
        {WORDS.remove(name)}
      </button>
      {isAsking && <Ask name={name} remove={remove} close={close} />}
    </div>
  );
}

interface AskProps {
  readonly name: string;
  remove(): Promise<void>;
  close(): void;
}

function Ask({ name, remove, close }: AskProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      class="sure"
      role="alertdialog"
      aria-label={WORDS.remove(name)}
      aria-describedby={`ask-${name}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <p id={`ask-${name}`}>{WORDS.ask(name)}</p>
      <p class="controls">
        <ActionButton kind="danger" label={WORDS.sure} busyLabel={WORDS.deleting} act={remove} />
        <button ref={cancel} type="button" onClick={close}>
          {WORDS.cancel}
        </button>
      </p>
    </div>
  );
}
