// One number of a view without controls, as large as the wall allows.
interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
  readonly hot?: boolean;
}

export function Figure({ name, value, more, hot = false }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={hot ? 'hot' : ''}>{value}</dd>
      {more !== undefined && <dd class="muted more">{more}</dd>}
    </div>
  );
}
