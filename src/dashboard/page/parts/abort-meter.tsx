// How far it is to one condition that aborts a rehearsal.
import type { Summary } from '../../../admin/contract/summary.ts';
import { bytes, count, duration, share } from '../format.ts';
import { WORDS } from '../words/now.ts';
import { Meter } from './meter.tsx';

export type AbortCondition = NonNullable<Summary['rehearsal']>['abort'][number];

export function AbortMeter({ name, value, limit, unit }: AbortCondition) {
  const label = WORDS.abort[name] ?? name;
  const shown = SHOWN[unit];
  if (value === null)
    return (
      <p class="muted">
        {label}: {WORDS.notMeasured}
      </p>
    );
  return <Meter label={label} value={value} limit={limit} words={WORDS.ofLimit(shown(value), shown(limit))} />;
}

const SHOWN: Readonly<Record<AbortCondition['unit'], (value: number) => string>> = {
  ms: duration,
  count,
  share,
  bytes,
};
