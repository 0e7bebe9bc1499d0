// A criterion's figure with its unit, as a person reads it.
import type { CriterionRow } from '../admin/contract/scorecard.ts';

const UNITS: Readonly<Record<CriterionRow['unit'], string>> = {
  ms: ' ms',
  s: ' s',
  ratio: '',
  count: '',
  share: ' %',
  calls: ' calls',
};

export function figureWords({ figure, unit }: Pick<CriterionRow, 'figure' | 'unit'>): string {
  if (figure === null) return '-';
  const shown = unit === 'share' ? figure * 100 : figure;
  return `${Number(shown.toPrecision(3))}${UNITS[unit]}`;
}
