// Facts as a list of name and value; what there is nothing of is left out.
import type { ComponentChildren } from 'preact';

export type FactValue = readonly [name: string, value: ComponentChildren];

export function Facts({ facts }: { readonly facts: readonly FactValue[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
