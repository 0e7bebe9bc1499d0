// A cue is told by what it changes, not by what it keeps of the cues before it.
import { expect, test } from 'vitest';
import { cueWords } from '../../src/shelf/cue-words.ts';
import { readScenario } from '../../src/shelf/scenario.ts';

const known = { operations: [], doors: [], profiles: ['dark'] };

function wordsOf(cues: string): string[] {
  const read = readScenario(`summary: s\nends: 1h\ncues:\n${cues}`, 's.yaml', known);
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  return read.scenario.cues.map(cueWords);
}

test.each([
  ['- { at: 0s, capacity: { servers: 5 } }', ['servers 5']],
  [
    '- { at: 0s, capacity: { servers: 5, serviceTime: { mean: 20ms, cv: 1 } } }\n- { at: 1m, capacity: { factor: 0.5 } }\n- { at: 2m, capacity: null }',
    ['servers 5, serviceTime mean 20ms cv 1', 'factor 0.5', 'off'],
  ],
  ['- { at: 0s, crowd: { classes: [{ policy: naive, share: 1 }] } }', ['classes naive']],
  ['- { at: 0s, activate: dark }', ['dark']],
  ['- { at: 0s, activate: dark, as: d, share: 0.3, ttl: 5m }', ['dark as d, 30 %, for 5m']],
  ['- { at: 0s, activate: dark, share: { from: 0.1, to: 0.5, over: 2m } }', ['dark, 10 to 50 % over 2m']],
])('%s', (cues, words) => {
  expect(wordsOf(cues)).toEqual(words);
});
