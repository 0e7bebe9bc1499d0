// A second of a world as one plain line, for logs and pipes.
import type { Summary } from '../../admin/contract/summary.ts';
import { percent } from '../rule-words.ts';
import { timeOfDay } from '../span-words.ts';
import { countWords, rateWords } from './figures.ts';
import type { Link, WatchModel } from './model.ts';
import { rateNow } from './rates.ts';
import { linkPiece } from './top.ts';

const MAX_FAULTS = 3;

/** Without its time, so that it can be told whether anything changed. */
export function factsLine({ summaries, playback }: WatchModel): string {
  const now = summaries.at(-1);
  if (!now) return '';
  const rate = (count: keyof Summary['totals']): string => rateWords(rateNow(summaries, ({ totals }) => totals[count]));
  const { scenario, status, storyTime, cue } = playback ?? now.story;
  const story =
    scenario === null || status === 'ended'
      ? 'no scenario'
      : `${scenario} ${status} at ${storyTime}${cue && cue.verb !== 'note' ? `, last ${cue.verb} ${cue.text}` : ''}`;
  return [
    story,
    faultWords(now),
    `offered ${rate('arrived')}, answered ${rate('answered')}, failed ${rate('failed')}`,
    `${countWords(now.open)} open, ${countWords(now.held)} held`,
    `seats ${countWords(now.seats.free)} free, ${countWords(now.seats.sold)} sold`,
    ...(now.rehearsal ? [`rehearsal ${now.rehearsal.phase ?? 'ended'}`] : []),
  ].join(' | ');
}

/** Of the newest second. */
export const timedLine = ({ summaries }: WatchModel, facts: string): string =>
  `${timeOfDay(summaries.at(-1)?.at ?? '')}  ${facts}`;

function faultWords({ rules, rulesLeftOut }: Summary): string {
  const all = rules.length + rulesLeftOut;
  if (all === 0) return 'no faults';
  const named = rules.slice(0, MAX_FAULTS).map(({ id, share }) => `${id} ${percent(share)}`);
  return `faults: ${named.join(', ')}${all > MAX_FAULTS ? ` and ${all - named.length} more` : ''}`;
}

export const linkLine = (link: Link): string => `(${linkPiece(link).text})`;
