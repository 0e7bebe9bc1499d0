// Names the bands by their numbers, and marks those in force at the moment that is looked at.

import { count, timeOfDay } from '../../format.ts';
import { SEALED } from '../../live/sealed.ts';
import { WORDS } from '../../words/charts.ts';
import type { FaultBand } from './fault-bands.ts';
import type { Watching } from './shown.ts';

/** The newest. */
const MAX_NAMED = 12;

export function FaultLegend({ watching: { shown, bandsThen } }: { readonly watching: Watching }) {
  const bands = shown.value?.bands ?? [];
  const leftOut = shown.value?.latest.rulesLeftOut ?? 0;
  const older = bands.length - MAX_NAMED;
  return (
    <section class="fault-legend" aria-labelledby="fault-legend">
      <h2 id="fault-legend">{WORDS.faults}</h2>
      {bands.length === 0 && <p class="empty">{WORDS.noFaults}</p>}
      <ol>
        {bands.slice(-MAX_NAMED).map((band) => (
          <Name key={band.number} band={band} isThen={bandsThen.value.includes(band)} />
        ))}
        {older > 0 && <li class="muted">{WORDS.moreBands(count(older))}</li>}
        {leftOut > 0 && <li class="muted">{WORDS.leftOut(count(leftOut))}</li>}
      </ol>
    </section>
  );
}

function Name({ band, isThen }: { readonly band: FaultBand; readonly isThen: boolean }) {
  const { number, name, kinds, from, to, isNow } = band;
  const isSealed = name === SEALED;
  return (
    <li class={isThen ? 'then' : ''} aria-current={isThen ? 'time' : undefined}>
      <b class="tag-number">{number}</b> <strong>{isSealed ? WORDS.sealed : name}</strong>{' '}
      {!isSealed && <code>{kinds.join(', ')}</code>}{' '}
      <span class="muted number">
        {isNow ? WORDS.bandNow(timeOfDay(from * 1000)) : WORDS.band(timeOfDay(from * 1000), timeOfDay(to * 1000))}
      </span>
    </li>
  );
}
