// How a world stands, on one screen: clocks, playback, faults in force, requests, seats, rehearsal and troubles.
import type { Activation, ActiveRule } from '../admin/contract/contract.ts';
import type { Playback } from '../admin/contract/playback.ts';
import type { RehearsalAnswer } from '../admin/contract/rehearsal.ts';
import type { State } from '../admin/contract/state.ts';
import { counted } from '../base/counted.ts';
import { cueLine, nextWords } from './playback-words.ts';
import { countOrDash, strikesWords } from './rule-words.ts';
import { boxOfficeWords, momentWords, spanWords } from './span-words.ts';
import { table } from './table.ts';

export interface Standing {
  readonly state: State;
  /** The one that runs in this world. */
  readonly rehearsal: RehearsalAnswer | null;
}

/** A name and the lines that stand beside it. */
type Section = readonly [name: string, lines: readonly string[]];

const NAME_WIDTH = 'rehearsal'.length + 2;

export function statusWords({ state, rehearsal }: Standing): string {
  const { version, world, seed, catalog, uptimeMs, clock } = state;
  const boxOfficeMs = Date.parse(clock.now);
  const nowMs = boxOfficeMs - clock.offsetMs;
  const sections: Section[] = [
    ['world', [`${world}, up ${spanWords(uptimeMs)}, seed ${seed}, catalogue ${catalog}, Showstopper ${version}`]],
    ['clock', [`${momentWords(nowMs)}; box office: ${boxOfficeWords(boxOfficeMs, clock.offsetMs)}`]],
    ['playback', playbackLines(state.playback)],
    ['faults', faultLines(state, nowMs)],
    ['requests', [requestWords(state)]],
    ...loadSections(state),
    ['seats', [seatWords(state)]],
    ['rehearsal', rehearsal ? rehearsalLines(rehearsal, nowMs) : ['none runs']],
    ['troubles', orNone(troublesOf(state, rehearsal))],
  ];
  return sections.flatMap(sectionLines).join('\n');
}

const sectionLines = ([name, lines]: Section): string[] =>
  lines.map((line, at) => `${(at === 0 ? name : '').padEnd(NAME_WIDTH)}${line}`);

const orNone = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? lines : ['none']);

function playbackLines({ scenario, status, storyTime, endsAt, speed, seed, cue, next, note }: Playback): string[] {
  if (scenario === null) return ['nothing was played yet'];
  if (status === 'ended') return [`nothing is played; ${scenario} ended at ${storyTime}`];
  return [
    `${scenario} is ${status} at ${storyTime} of ${endsAt}, at ${speed}x${seed === null ? '' : `, seed ${seed}`}`,
    ...(cue && cue.verb !== 'note' ? [`last: ${cueLine(cue)}`] : []),
    ...(next ? [`next: ${nextWords(next)}`] : []),
    ...(note === null ? [] : [`note: ${note}`]),
  ];
}

/** A rule of no activation stands beside those of activations. */
function faultLines({ activations, rules }: State, nowMs: number): readonly string[] {
  const row = (rule: ActiveRule, activation?: Activation): string[] => {
    const until = rule.expiresAt ?? activation?.expiresAt ?? null;
    const left = until === null ? '-' : spanWords(Date.parse(until) - nowMs);
    return [rule.id, rule.fault, strikesWords(rule, activation), left, countOrDash(rule.acted), String(rule.held)];
  };
  const rows = [
    ...activations.flatMap((activation) => activation.rules.map((rule) => row(rule, activation))),
    ...rules.map((rule) => row(rule)),
  ];
  return rows.length === 0
    ? ['none in force']
    : table(['RULE', 'KIND', 'STRIKES', 'LEFT', 'ACTED', 'HELD'], rows).split('\n');
}

const requestWords = ({ inFlight, held, connections }: State): string =>
  `${inFlight} open, ${held} of them held by faults; ${counted(connections, 'connection')}`;

function loadSections({ capacity, crowd }: State): Section[] {
  const rate = (perS: number): string => `${Math.round(perS)}/s`;
  return [
    ...(capacity
      ? [
          [
            'capacity',
            [
              `offered ${rate(capacity.offered)}, goodput ${rate(capacity.goodput)}, shed ${rate(capacity.shed)}, queue ${capacity.queue}, ${counted(capacity.busy, 'server')} at work`,
            ],
          ] as const,
        ]
      : []),
    ...(crowd
      ? [['crowd', [`${rate(crowd.arrivalsPerS)} first tries, ${crowd.plannedRetries} retries to come`]] as const]
      : []),
  ];
}

const seatWords = ({ boxOffice: { free, reserved, sold, blocked, reservations, orders } }: State): string =>
  `${free} free, ${reserved} reserved, ${sold} sold, ${blocked} blocked; ${counted(reservations, 'reservation')}, ${counted(orders, 'order')}`;

function rehearsalLines({ id, title, status, phase, phases, abort }: RehearsalAnswer, nowMs: number): string[] {
  const endsAt = phases.at(-1)?.endsAt ?? null;
  const left = endsAt === null ? '' : `, ${spanWords(Date.parse(endsAt) - nowMs)} left`;
  return [
    `${id}: ${title}`,
    `${status}${phase === null ? '' : `: ${phase}${left}`}`,
    ...(abort ? [`ABORTED by ${abort.condition}: ${abort.value} (limit: ${abort.limit})`] : []),
  ];
}

/** What is wrong with the server itself or with what was asked of it, and not by a rule. */
function troublesOf({ doorTroubles, playback, profiles, webhooks, journal }: State, rehearsal: Standing['rehearsal']) {
  return [
    ...doorTroubles,
    ...(playback.failures > 0 ? [`${counted(playback.failures, 'cue')} could not be done`] : []),
    ...profiles.errors.map(({ file, line, message }) => `${file ?? 'a profile'}:${line ?? 1}: ${message}`),
    ...(webhooks.dropped > 0 ? [`${counted(webhooks.dropped, 'webhook')} found a queue full`] : []),
    ...(journal.evicted > 0 ? [`the journal has pushed out ${journal.evicted} entries`] : []),
    ...(rehearsal?.troubles ?? []),
  ];
}
