// Makes a world: its name, and what it is to differ in from the server's usual ones.

import { useState } from 'preact/hooks';
import type { World } from '../../../../admin/contract/worlds.ts';
import { detailOf } from '../../../../sdk/errors.ts';
import { baseUrlOf } from '../../parts/base-url.ts';
import { hashOf } from '../../route.ts';
import { mayChange, server } from '../../session.ts';
import { WORDS } from '../../words/worlds.ts';
import { EMPTY_FORM, type WorldForm, worldBodyOf } from './world-form.ts';

type Step =
  | { readonly is: 'asking' }
  | { readonly is: 'busy' }
  | { readonly is: 'made'; readonly world: World }
  | { readonly is: 'failed'; readonly why: string };

interface MakeWorldProps {
  readonly worlds: readonly World[];
  again(): void;
}

export function MakeWorld({ worlds, again }: MakeWorldProps) {
  const [form, setForm] = useState<WorldForm>(EMPTY_FORM);
  const [step, go] = useState<Step>({ is: 'asking' });
  const set = (more: Partial<WorldForm>): void => setForm({ ...form, ...more });
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    go({ is: 'busy' });
    try {
      const world = await server.value.putWorld(form.name.trim(), worldBodyOf(form));
      go({ is: 'made', world });
      setForm(EMPTY_FORM);
      again();
    } catch (error) {
      go({ is: 'failed', why: detailOf(error) });
    }
  };
  return (
    <section class="card" aria-labelledby="make-title">
      <h2 id="make-title">{WORDS.make}</h2>
      {!mayChange.value && <p class="muted">{WORDS.viewer}</p>}
      <form onSubmit={make}>
        <fieldset disabled={!mayChange.value || step.is === 'busy'}>
          <Fields form={form} set={set} worlds={worlds} />
          <button type="submit" class="primary">
            {step.is === 'busy' ? WORDS.making : WORDS.make}
          </button>
        </fieldset>
      </form>
      {step.is === 'made' && <Made world={step.world} worlds={worlds} />}
      {step.is === 'failed' && (
        <p class="bad" role="alert">
          {step.why}
        </p>
      )}
    </section>
  );
}

interface FieldsProps {
  readonly form: WorldForm;
  readonly worlds: readonly World[];
  set(more: Partial<WorldForm>): void;
}

function Fields({ form, set, worlds }: FieldsProps) {
  const catalogs = [...new Set(['festival', 'small', ...worlds.map(({ catalog }) => catalog)])];
  return (
    <>
      <label>
        {WORDS.name}
        <input
          required
          maxLength={63}
          pattern="[a-z0-9][a-z0-9\-]*"
          autocomplete="off"
          title={WORDS.nameHint}
          value={form.name}
          onInput={({ currentTarget }) => set({ name: currentTarget.value })}
        />
      </label>
      <label>
        {WORDS.catalog}
        <select value={form.catalog} onChange={({ currentTarget }) => set({ catalog: currentTarget.value })}>
          <option value="">{WORDS.asProcess}</option>
          {catalogs.map((catalog) => (
            <option key={catalog}>{catalog}</option>
          ))}
        </select>
      </label>
      <label>
        {WORDS.seed}
        <input
          type="number"
          min={0}
          max={4_294_967_295}
          placeholder={WORDS.asProcess}
          value={form.seed}
          onInput={({ currentTarget }) => set({ seed: currentTarget.value })}
        />
      </label>
      <Door form={form} set={set} />
    </>
  );
}

const DOORS = ['none', 'free', 'port'] as const;

function Door({ form, set }: Pick<FieldsProps, 'form' | 'set'>) {
  return (
    <>
      <label>
        {WORDS.door}
        <select
          value={form.door}
          onChange={({ currentTarget }) => set({ door: DOORS.find((door) => door === currentTarget.value) ?? 'none' })}
        >
          {DOORS.map((door) => (
            <option key={door} value={door}>
              {WORDS.doors[door]}
            </option>
          ))}
        </select>
      </label>
      {form.door === 'port' && (
        <label>
          {WORDS.port}
          <input
            type="number"
            required
            min={1}
            max={65_535}
            value={form.port}
            onInput={({ currentTarget }) => set({ port: currentTarget.value })}
          />
        </label>
      )}
    </>
  );
}

function Made({ world, worlds }: { readonly world: World; readonly worlds: readonly World[] }) {
  return (
    <p class="ok" role="status">
      {WORDS.madeNow(world.name, baseUrlOf(world.name, [world, ...worlds]))}{' '}
      <a href={hashOf({ world: world.name, panel: 'now' })}>{WORDS.look}</a>
    </p>
  );
}
