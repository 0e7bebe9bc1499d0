// The top of the screen: how the stream is, the three clocks, the story with its playhead, and what is sold and queued.
import type { Playback } from '../../admin/contract/playback.ts';
import type { Summary } from '../../admin/contract/summary.ts';
import { cueLine, nextWords } from '../playback-words.ts';
import { boxOfficeWords, momentWords, spanWords } from '../span-words.ts';
import { cut, type Line, type Piece, piece, widthOf } from './cells.ts';
import { countWords } from './figures.ts';
import type { Link, WatchModel } from './model.ts';

const PLAYHEAD_WIDTH = 24;
const CUE_GAP = '   ';

export function linkPiece(link: Link): Piece {
  if (link.is === 'lost') return piece(`LOST, and tried again: ${link.why}`, 'bad');
  if (link.is === 'quiet') return piece(link.forMs === 0 ? 'waiting' : `STALE for ${spanWords(link.forMs)}`, 'warn');
  return piece('live', 'good');
}

/** The world on the left, the stream on the right. */
export function titleLine({ link, summaries }: WatchModel, columns: number): Line {
  const world = summaries.at(-1)?.world;
  const name = piece(`Showstopper${world === undefined ? '' : `, world ${world}`}  `, 'head');
  const state = linkPiece(link);
  const room = columns - widthOf(name.text);
  const text = cut(state.text, Math.max(0, room));
  return [name, piece(' '.repeat(Math.max(0, room - widthOf(text)))), { ...state, text }];
}

export function clockLine({ clock }: WatchModel, { at, startedAt }: Summary): Line {
  const nowMs = Date.parse(at);
  const boxOfficeMs = clock ? clock.boxOfficeMs + (nowMs - clock.realMs) * clock.scale : undefined;
  const boxOffice = boxOfficeMs === undefined ? '-' : boxOfficeWords(boxOfficeMs, boxOfficeMs - nowMs);
  return [
    piece(`${momentWords(nowMs)}, box office ${boxOffice}`),
    piece(`, up ${spanWords(nowMs - Date.parse(startedAt))}`, 'quiet'),
  ];
}

type Story = Pick<Playback, keyof Summary['story']>;

export function storyLines({ playback }: WatchModel, summary: Summary, columns: number): Line[] {
  const story: Story = playback ?? summary.story;
  const { scenario, status, storyTime, endsAt, speed, cue, next, note } = story;
  if (scenario === null) return [[piece('no scenario was played yet', 'quiet')]];
  if (status === 'ended') return [[piece(`no scenario is played; ${scenario} ended at ${storyTime}`, 'quiet')]];
  const heading = [
    piece(`${scenario} `, 'head'),
    piece(status === 'paused' ? 'PAUSED ' : '', 'warn'),
    piece(`${storyTime} `, 'head'),
    piece(playheadOf(story)),
    piece(` ${endsAt ?? ''} at ${speed}x`),
  ];
  const last = cue && cue.verb !== 'note' ? `last ${cueLine(cue)}` : '';
  const to = next === null ? 'no cue is left' : `next ${nextWords(next)}`;
  const room = Math.max(Math.floor(columns / 2), columns - widthOf(to) - CUE_GAP.length); // one that is long leaves room for the other
  return [
    heading,
    [piece(last === '' ? to : `${cut(last, room)}${CUE_GAP}${to}`)],
    ...(note === null ? [] : [[piece(note, 'warn')]]),
  ];
}

/** Nothing where the end is withheld. */
function playheadOf({ storyMs, endsMs }: Story): string {
  if (endsMs <= 0) return '';
  const done = Math.min(PLAYHEAD_WIDTH, Math.floor((storyMs / endsMs) * PLAYHEAD_WIDTH));
  return `${'━'.repeat(done)}╸${'─'.repeat(Math.max(0, PLAYHEAD_WIDTH - done))}`;
}

/** Percentiles of a second stand beside what is held: what was answered gets faster when the rest hangs. */
export function figuresLine({ latencyMs, seats, connections, held, oldestOpenMs }: Summary): Line {
  const { flood, open } = connections;
  const percentiles = latencyMs && [latencyMs.p50, latencyMs.p95, latencyMs.p99].map(countWords).join('/');
  const facts = [
    percentiles === null ? 'no answers' : `p50/95/99 ${percentiles} ms`,
    `${countWords(held)} held${oldestOpenMs === null ? '' : `, oldest ${spanWords(oldestOpenMs)}`}`,
    `seats ${countWords(seats.free)} free ${countWords(seats.sold)} sold`,
    `${countWords(open)} conns${flood > 0 ? ` + ${countWords(flood)} flood` : ''}`,
  ];
  return [piece(facts.join(' | '))];
}

/** Nothing while there is no queueing model. */
export function capacityWords({ capacity }: Summary): string {
  if (!capacity) return '';
  const { queue, busy, servers } = capacity;
  return `queue ${countWords(queue)}, ${busy}${servers === null ? '' : ` of ${servers}`} servers busy`;
}
