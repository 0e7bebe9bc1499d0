// A bar that fills up towards a limit.
interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly limit: number;
  readonly words: string;
}

/** From here on it is near its limit. */
const NEAR = 0.8;

export function Meter({ label, value, limit, words }: MeterProps) {
  const part = limit <= 0 ? 1 : Math.min(1, value / limit);
  return (
    <div class={`meter ${part >= NEAR ? 'near' : ''}`}>
      <span class="name">{label}</span>
      <progress aria-label={label} max={1} value={part}>
        {words}
      </progress>
      <span class="number">{words}</span>
    </div>
  );
}
