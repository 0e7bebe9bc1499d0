// Proves what parameters set: bytes to the byte, texts to the letter, and times as timings.ts has them.
import type { Figures } from '../faults/signature.ts';
import type { NoiseMeter } from './noise.ts';
import type { Sight } from './probe.ts';
import type { Facet, Seen } from './promise.ts';
import { timeFacets } from './timings.ts';

/** A Date header tells whole seconds. */
const DATE_MS = 1000;

/** Characters of a body that a message shows, and so the most that can be promised. */
const MAX_SHOWN = 200;

/** `honest` is the same trial without the fault. */
export function figureFacets(figures: Figures, seen: Seen, honest: Seen, meter: NoiseMeter): Facet[] {
  return [
    ...byteFacets(figures, seen.sight, honest.sight),
    ...textFacets(figures, seen.sight, honest.sight),
    ...timeFacets(figures, { seen, honest, meter }),
    ...(figures.crowd === undefined ? [] : [compared(exact('crowd', figures.crowd, seen.others - honest.others))]),
  ];
}

const exact = (what: string, promised: number | string, observed: number | string | undefined): Facet => ({
  promised: `${what} ${promised}`,
  observed: `${what} ${observed ?? 'none'}`,
  verdict: promised === observed ? 'holds' : 'fails',
});

/** An honest answer that changes by itself proves nothing against another. */
const compared = (facet: Facet): Facet => ({ ...facet, compared: true });

function byteFacets(figures: Figures, sight: Sight, honest: Sight): Facet[] {
  const { bytes, bodyBytes, bodyShare, bytesChanged, lengthOff } = figures;
  const share = bodyShare === undefined ? undefined : Math.floor(honest.body.length * bodyShare);
  const length = Number(sight.headers.get('content-length'));
  return [
    ...(bytes === undefined ? [] : [exact('bytes', bytes, sight.raw.length)]),
    ...(bodyBytes === undefined ? [] : [exact('bytes of body', bodyBytes, sight.body.length)]),
    ...(share === undefined ? [] : [compared(exact('bytes of body', share, sight.body.length))]),
    ...(bytesChanged === undefined
      ? []
      : [compared(exact('bytes changed', bytesChanged, changedBytes(sight.body, honest.body)))]),
    ...(lengthOff === undefined ? [] : [compared(exact('length off by', lengthOff, length - honest.body.length))]),
  ];
}

function changedBytes(body: string, honest: string): number | string {
  if (body.length !== honest.length) return `unknown in ${body.length} for ${honest.length}`;
  return [...body].filter((byte, i) => byte !== honest[i]).length;
}

function textFacets(figures: Figures, sight: Sight, honest: Sight): Facet[] {
  const { headers, body } = sight;
  const { datesMs = {}, lacks, clockMs } = figures;
  const date = Date.parse(headers.get('date') ?? '');
  return [
    ...Object.entries(figures.headers ?? {}).map(([name, value]) => exact(`${name}:`, value, headers.get(name))),
    ...(figures.body === undefined ? [] : [exact('body', figures.body, body.slice(0, MAX_SHOWN))]),
    ...(lacks === undefined ? [] : [exact(lacks, 'not there', body.includes(lacks) ? 'there' : 'not there')]),
    ...Object.entries(datesMs).map(([name, aheadMs]) =>
      about(`${name} ahead by ms`, aheadMs, Date.parse(headers.get(name) ?? '') - date, DATE_MS),
    ),
    ...(clockMs === undefined
      ? []
      : [
          about('clock off by ms', clockMs, dateOff(sight, honest), 2 * DATE_MS),
          compared(exact('times off by ms', clockMs, timesOff(body, honest.body))),
        ]),
  ];
}

/** How far the Date header is ahead of the honest one, beside the time that has passed between them. */
function dateOff(sight: Sight, honest: Sight): number {
  const [date, other] = [sight, honest].map(({ headers }) => Date.parse(headers.get('date') ?? ''));
  return Math.round((date ?? 0) - (other ?? 0) - (sight.beganAt - honest.beganAt));
}

const about = (what: string, promised: number, observed: number, withinMs: number): Facet => ({
  promised: `${what} ${promised}`,
  observed: Math.abs(observed - promised) <= withinMs ? `${what} ${promised}` : `${what} ${observed}`,
  verdict: Math.abs(observed - promised) <= withinMs ? 'holds' : 'fails',
});

const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** How far all times in a text are ahead of those in the other, if all are alike. */
function timesOff(text: string, honest: string): number | string {
  const others = honest.match(TIME) ?? [];
  const off = new Set((text.match(TIME) ?? []).map((time, i) => Date.parse(time) - Date.parse(others[i] ?? '')));
  const [one] = off;
  return off.size === 1 && one !== undefined ? one : `${off.size} different`;
}
