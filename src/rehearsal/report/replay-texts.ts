// The texts that it takes to play a rehearsal again, each with a heading: its file, thresholds, scenario, and profiles as they were armed.
import { writtenThresholds } from '../../scorecard/thresholds.ts';
import type { Replay } from './report.ts';

export interface ReplayText {
  readonly title: string;
  /** YAML. */
  readonly text: string;
}

export function replayTexts({ file, thresholds, scenario, profiles }: Replay): ReplayText[] {
  const own = thresholds ? writtenThresholds(thresholds) : '';
  return [
    { title: 'The file of the rehearsal', text: file },
    ...(own === '' ? [] : [{ title: 'Thresholds, where they are not the published ones', text: own }]),
    ...(scenario ? [{ title: `The scenario ${scenario.name}`, text: scenario.text }] : []),
    ...profiles.map(({ name, text }) => ({ title: `The profile ${name}, as it was armed`, text })),
  ];
}

export const thresholdsWords = ({ thresholds }: Replay): string => {
  if (thresholds === null) return 'not recorded';
  return writtenThresholds(thresholds) === '' ? 'as published' : 'as below';
};
