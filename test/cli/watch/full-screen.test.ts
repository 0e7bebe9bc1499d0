// The whole screen: entered once, drawn over in place, drawn anew when the terminal is resized, and given back.
import { expect, test } from 'vitest';
import { FullScreen, paintFor, type Terminal } from '../../../src/cli/watch/full-screen.ts';

function terminal(size: { columns?: number; rows?: number } = { columns: 40, rows: 10 }) {
  const written: string[] = [];
  const resized = new Set<() => void>();
  const port: Terminal = {
    ...size,
    write: (text) => written.push(text),
    on: (_, then) => resized.add(then),
    off: (_, then) => resized.delete(then),
  };
  return { port, written, resized, size: port as { columns: number; rows: number } };
}

const ESCAPE = '\u001B';

test('it takes a page of its own and no cursor, and gives both back once', () => {
  const { port, written, resized } = terminal();
  const screen = new FullScreen(port, () => ['one', 'two']);
  screen.show();
  expect(written).toEqual([]);
  screen.open();
  screen.open();
  screen.show();
  expect(written).toEqual([
    `${ESCAPE}[?1049h${ESCAPE}[?25l${ESCAPE}[?7l`,
    `${ESCAPE}[Hone${ESCAPE}[K\r\ntwo${ESCAPE}[K${ESCAPE}[J`,
  ]);
  screen.close();
  screen.close();
  expect(written.slice(2)).toEqual([`${ESCAPE}[?7h${ESCAPE}[?25h${ESCAPE}[?1049l`]);
  expect(resized.size).toBe(0);
});

test('it follows the size of the terminal, down to the smallest that can be drawn', () => {
  const { port, resized, size } = terminal();
  const asked: object[] = [];
  const screen = new FullScreen(port, (wanted) => {
    asked.push(wanted);
    return Array.from({ length: 99 }, () => 'x');
  });
  screen.open();
  Object.assign(size, { columns: 120, rows: 50 });
  for (const then of resized) then();
  Object.assign(size, { columns: 3, rows: 1 });
  for (const then of resized) then();
  expect(asked).toEqual([
    { columns: 120, rows: 50 },
    { columns: 20, rows: 5 },
  ]);
});

test('a terminal that does not say how large it is has 80 columns and 24 rows', () => {
  const { port, written } = terminal({});
  const screen = new FullScreen(port, ({ columns, rows }) => [`${columns}x${rows}`]);
  screen.open();
  screen.show();
  expect(written.at(-1)).toContain('80x24');
});

test.each([
  [{ isTTY: true, hasColors: () => true }, `${ESCAPE}[31mfault${ESCAPE}[39m`],
  [{ isTTY: true, hasColors: () => false }, 'fault'],
  [{ isTTY: false }, 'fault'],
])('colours are for a terminal that has them', (stream, painted) => {
  expect(paintFor(stream as unknown as NodeJS.WriteStream)('fault', 'bad')).toBe(painted);
});
