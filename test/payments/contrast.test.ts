// Text and edges of the pages stand out from their ground as WCAG 2.2 AA asks, in light and in dark.
import { describe, expect, test } from 'vitest';
import { STYLESHEET } from '../../src/payments/stylesheet.ts';

type Colours = Readonly<Record<string, string>>;

const coloursIn = (css: string): Colours =>
  Object.fromEntries(
    [...css.matchAll(/--([a-z]+):(#[\da-f]{3,6})/g)].map(([, name = '', colour = '']) => [name, colour]),
  );

/** Of `:root` and of the issuer's page, in the part before or after dark begins. */
function themes(): [name: string, colours: Colours][] {
  const [light = '', dark = ''] =
    STYLESHEET.split('\n*,::before')[0]?.split('@media (prefers-color-scheme:dark)') ?? [];
  return [
    ['light', light],
    ['dark', dark],
  ].flatMap(([name = '', css = '']): [string, Colours][] => {
    const [own = '', issuer = ''] = css.split('[data-page=challenge]');
    return [
      [name, coloursIn(own)],
      [`${name}, at the issuer`, { ...coloursIn(own), ...coloursIn(issuer) }],
    ];
  });
}

/** Relative luminance, by WCAG 2.2. */
function luminance(colour: string): number {
  const long = colour.length === 4 ? colour.replaceAll(/[\da-f]/g, '$&$&') : colour;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(long.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test('contrast is reckoned as WCAG does', () => {
  expect(contrast('#000', '#ffffff')).toBe(21);
  expect(contrast('#777777', '#fff')).toBeCloseTo(4.48, 2);
});

describe.each(themes())('%s', (_, colours) => {
  const ratio = (text: string, ground: string): number => contrast(colours[text] ?? text, colours[ground] ?? ground);
  test.each([
    ...['paper', 'card'].flatMap((ground) => ['ink', 'muted', 'accent', 'bad'].map((text) => [text, ground])),
    ...['ink', 'bad', 'accent'].map((text) => [text, 'wash']),
    ['#fff', 'fill'],
  ])('text in %s reads on %s', (text = '', ground = '') => expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5));
  test.each([
    ['edge', 'paper'],
    ['edge', 'card'],
    ['fill', 'paper'],
    ['bad', 'paper'],
    ['good', 'paper'],
    ['open', 'paper'],
  ])('%s is seen on %s', (edge, ground) => expect(ratio(edge, ground)).toBeGreaterThanOrEqual(3));
});
