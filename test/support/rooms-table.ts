// The picture of the rooms for CONTRIBUTING.md, drawn from what the code really imports: floors, and a table of who knows whom.
import { markdownTable } from '../../src/faults/reference.ts';
import { JOBS } from './rooms.ts';
import { ROOT } from './shipped.ts';
import { importsOf, readSources, resolveImport, roomOf, type SourceFile } from './source-text.ts';

/** Room to the rooms that its files import, types included. */
export type RoomImports = ReadonlyMap<string, ReadonlySet<string>>;

export function roomImports(files: readonly SourceFile[]): RoomImports {
  const rooms = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    const room = roomOf(path);
    const known = rooms.get(room) ?? new Set<string>();
    rooms.set(room, known);
    for (const { from } of importsOf(text)) {
      const target = from.startsWith('.') ? roomOf(resolveImport(from, path)) : room;
      if (target !== room) known.add(target);
    }
  }
  return rooms;
}

/** The lowest floor first; a room stands one floor above the highest room that it imports. Throws for a circle of rooms. */
export function floorsOf(rooms: RoomImports): string[][] {
  const left = new Set([...rooms.keys()].sort());
  const floors: string[][] = [];
  while (left.size > 0) {
    const floor = [...left].filter((room) => [...(rooms.get(room) ?? [])].every((known) => !left.has(known)));
    if (floor.length === 0) throw new Error(`these rooms import each other in a circle: ${[...left].join(', ')}`);
    for (const room of floor) left.delete(room);
    floors.push(floor);
  }
  return floors;
}

/** Name of a block to its text. */
export function roomsTables(files: readonly SourceFile[] = readSources(ROOT, 'src')): ReadonlyMap<string, string> {
  const rooms = roomImports(files);
  const floors = floorsOf(rooms).reverse();
  return new Map([
    ['floors', pictureOf(floors)],
    ['rooms', tableOf(floors.flat(), rooms)],
  ]);
}

function pictureOf(floors: readonly (readonly string[])[]): string {
  const lines = floors.map((floor) => floor.join('   '));
  const width = Math.max(...lines.map((line) => line.length)) + 4;
  const centred = lines.map((line) => ' '.repeat(Math.floor((width - line.length) / 2)) + line);
  return ['```text', ...centred, '```'].join('\n');
}

function tableOf(order: readonly string[], rooms: RoomImports): string {
  const rows = order.map((room) => {
    const job = JOBS[room];
    if (job === undefined) throw new Error(`room ${room} has no job; say it in JOBS of test/support/rooms.ts`);
    const known = order.filter((other) => rooms.get(room)?.has(other));
    return [`\`${room}\``, job, known.join(', ') || 'nobody'];
  });
  return markdownTable(['room', 'its job', 'imports'], rows);
}
