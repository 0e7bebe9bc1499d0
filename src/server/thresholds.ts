// The thresholds that scorecards are judged by: the published ones, or those of a file laid over them.
import { readDocument, showMistake } from '../base/document.ts';
import { readTextFileSync } from '../base/text-file.ts';
import { type Thresholds, thresholdsFile, thresholdsOf } from '../scorecard/thresholds.ts';
import { StartError } from './start-error.ts';

const MAX_BYTES = 65_536;

/** Throws a StartError that names each mistake. */
export function readThresholds(file: string | undefined): Thresholds {
  if (file === undefined) return thresholdsOf();
  const read = readDocument(textOf(file), thresholdsFile, file);
  if ('mistakes' in read) throw new StartError(read.mistakes.map(showMistake).join('\n'));
  return thresholdsOf(read.value);
}

function textOf(file: string): string {
  try {
    return readTextFileSync(file, MAX_BYTES);
  } catch (error) {
    throw new StartError(`SHOWSTOPPER_THRESHOLDS: ${file} ${(error as Error).message}`);
  }
}
