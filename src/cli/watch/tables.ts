// The tables of the screen: faults in force, clients, and how near a rehearsal is to its abort.
import type { Summary, SummaryClient, SummaryRule } from '../../admin/contract/summary.ts';
import { percent } from '../rule-words.ts';
import { spanWords } from '../span-words.ts';
import { type Line, piece, type Tone } from './cells.ts';
import { countWords, figureWords, msWords, rateWords } from './figures.ts';
import { clockPart, textPart } from './happenings.ts';
import type { WatchModel } from './model.ts';
import { rateNow } from './rates.ts';
import { type Column, headOf, rowOf, type Section } from './section.ts';

const FAULTS: readonly Column[] = [
  { name: 'FAULTS', width: 0 },
  { name: 'KIND', width: 18, align: 'left' },
  { name: 'SHARE', width: 6 },
  { name: 'LEFT', width: 6 },
  { name: 'ACTED', width: 7 },
  { name: 'HELD', width: 6 },
];

/** By the time of the server. */
export function faultsSection({ expiries }: WatchModel, { rules, rulesLeftOut, at }: Summary, width: number): Section {
  const left = ({ activation, expiresAt }: SummaryRule): string => {
    const until = expiresAt ?? (activation === null ? null : (expiries.get(activation) ?? null));
    return until === null ? '-' : spanWords(Date.parse(until) - Date.parse(at));
  };
  const lines: Line[] = rules.map((rule) => {
    const { id, fault, share, acted, held } = rule;
    const counts = [acted === null ? '-' : countWords(acted), countWords(held)];
    return [piece(rowOf([id, fault, percent(share), left(rule), ...counts], FAULTS, width), 'bad')];
  });
  const more: Line[] = rulesLeftOut > 0 ? [[piece(`… ${rulesLeftOut} more that are not told`, 'quiet')]] : [];
  const none: Line[] = [[piece('none in force', 'good')]];
  return { head: headOf(FAULTS, width), lines: rules.length === 0 ? none : [...lines, ...more], drops: 'last' };
}

const CLIENTS: readonly Column[] = [
  { name: 'CLIENTS', width: 0 },
  { name: 'RATE', width: 8 },
  { name: 'OPEN', width: 6 },
  { name: 'FAILED', width: 8 },
  { name: 'RETRIES', width: 7 },
  { name: 'TIME-OUT', width: 9 },
  { name: 'BREAKER', width: 9 },
];

const BREAKER_TONES: Readonly<Record<NonNullable<SummaryClient['breaker']>, Tone>> = {
  closed: 'plain',
  'half-open': 'warn',
  open: 'bad',
};

export function clientsSection(summaries: readonly Summary[], width: number): Section {
  const { clients = [] } = summaries.at(-1) ?? {};
  const line = ({ client, failed, open, retries, timeoutMs, breaker }: SummaryClient): Line => {
    const rate = rateNow(summaries, (summary) => summary.clients.find((one) => one.client === client)?.arrived);
    const counts = [countWords(open), countWords(failed), countWords(retries)];
    const inferred = [timeoutMs === null ? '-' : msWords(timeoutMs), breaker ?? '-'];
    const tone = breaker === null ? 'plain' : BREAKER_TONES[breaker];
    return [piece(rowOf([client, rateWords(rate), ...counts, ...inferred], CLIENTS, width), tone)];
  };
  const none: Line[] = [[piece('nobody has called yet', 'quiet')]];
  return { head: headOf(CLIENTS, width), lines: clients.length === 0 ? none : clients.map(line), drops: 'last' };
}

const ABORT: readonly Column[] = [
  { name: 'ABORTS WHEN ABOVE', width: 0 },
  { name: 'NOW', width: 12 },
  { name: 'LIMIT', width: 12 },
  { name: 'OF LIMIT', width: 8 },
];
/** From this part of its limit on, a condition is marked. */
const NEAR = 0.8;

export function rehearsalSections({ rehearsal, at }: Summary, width: number): Section[] {
  if (!rehearsal) return [];
  const { id, title, phase, endsAt, abort } = rehearsal;
  const left = endsAt === null ? '' : `, ${spanWords(Date.parse(endsAt) - Date.parse(at))} left`;
  const head: Line = [piece('REHEARSAL ', 'head'), piece(`${phase ?? 'ended'}${left}: ${title} (${id})`)];
  const lines = abort.map(({ name, value, limit, unit }): Line => {
    const part = value === null || limit <= 0 ? null : value / limit;
    const cells = [name, figureWords(value, unit), figureWords(limit, unit), part === null ? '-' : percent(part)];
    return [piece(rowOf(cells, ABORT, width), part !== null && part >= NEAR ? 'bad' : 'plain')];
  });
  return [{ head, lines: lines.length === 0 ? [] : [headOf(ABORT, width), ...lines], drops: 'last' }];
}

export function eventsSection({ happenings }: WatchModel): Section {
  const lines = happenings.map((one): Line => [piece(clockPart(one), 'quiet'), piece(textPart(one), one.tone)]);
  const none: Line[] = [[piece('nothing has happened since this watch began', 'quiet')]];
  return { head: [piece('EVENTS', 'head')], lines: lines.length === 0 ? none : lines, drops: 'first' };
}
