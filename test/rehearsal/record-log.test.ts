// The log of a record: what is written when, on a disk that is slow, full or not there.
import { open } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FLUSH_EVERY_MS, RecordLog, type Sink } from '../../src/rehearsal/record-log.ts';
import { ManualClock } from '../support/manual-clock.ts';

class FakeDisk implements Sink {
  readonly path = '/data/r.ndjson';
  bytes = Buffer.alloc(0);
  room = Number.POSITIVE_INFINITY;

  async write(bytes: Buffer, position: number): Promise<number> {
    expect(position).toBe(this.bytes.length);
    const taken = Math.min(bytes.length, this.room - this.bytes.length);
    if (taken === 0) throw new Error('ENOSPC: no space left on device');
    this.bytes = Buffer.concat([this.bytes, bytes.subarray(0, taken)]);
    return taken;
  }

  async *read(to: number): AsyncGenerator<Buffer> {
    yield this.bytes.subarray(0, to);
  }

  closed = 0;
  async close(): Promise<void> {
    this.closed++;
  }
}

async function textOf(log: RecordLog): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of log.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const numbers = (text: string): number[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { n?: number })
    .flatMap(({ n }) => n ?? []);

describe('a record', () => {
  test('is in its file within a quarter of a second', async () => {
    const clock = new ManualClock();
    const disk = new FakeDisk();
    const log = new RecordLog({ clock, sink: disk });
    log.add({ n: 1 });
    expect(disk.bytes.length).toBe(0);
    await clock.advanceAsync(FLUSH_EVERY_MS);
    expect(disk.bytes.toString()).toBe('{"n":1}\n');
  });

  test('goes on in memory while its disk is full, says so, and loses and tears nothing when there is room again', async () => {
    const clock = new ManualClock();
    const disk = new FakeDisk();
    disk.room = 30; // in the middle of a line
    const log = new RecordLog({ clock, sink: disk });
    for (let n = 0; n < 20; n++) log.add({ n });
    await clock.advanceAsync(5000);
    expect(disk.bytes.length).toBe(30);
    expect(log.state.trouble).toMatch(/^\/data\/r\.ndjson cannot be written: ENOSPC.* stays in memory/);
    expect(numbers(await textOf(log))).toEqual(Array.from({ length: 20 }, (_, n) => n));
    disk.room = 1_000_000;
    await clock.advanceAsync(2000);
    expect(log.state.trouble).toBeNull();
    expect(numbers(disk.bytes.toString())).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(disk.bytes.toString()).toContain('"type":"trouble"');
  });

  test('is bounded: of what there is much of some is left out, counted and told, and the end still has room', async () => {
    const clock = new ManualClock();
    const log = new RecordLog({ clock, sink: null, maxBytes: 1000 });
    for (let n = 0; n < 200; n++) log.add({ n }, 'mass');
    log.add({ type: 'finish' });
    const text = await textOf(log);
    const kept = numbers(text).length;
    expect(kept + log.state.dropped).toBe(200);
    expect(log.state.dropped).toBeGreaterThan(50);
    expect(text).toContain('"finish"');
    expect(text).toContain(`"count":${log.state.dropped}`);
    expect(log.state).toMatchObject({ file: null });
  });

  test('takes lines that are appended when it is closed, writes them at once, and is closed again', async () => {
    const clock = new ManualClock();
    const disk = new FakeDisk();
    const log = new RecordLog({ clock, sink: disk });
    log.add({ n: 1 });
    await log.close();
    expect(numbers(disk.bytes.toString())).toEqual([1]);
    log.append({ n: 2 });
    log.append({ n: 3 });
    await log.settled();
    expect(numbers(disk.bytes.toString())).toEqual([1, 2, 3]);
    expect(disk.closed).toBeGreaterThan(1);
    expect(numbers(await textOf(log))).toEqual([1, 2, 3]);
  });

  test('on a device that is truly full is told to be so, and is whole in memory', async () => {
    const device = await open('/dev/full', 'w');
    const sink: Sink = {
      path: '/dev/full',
      write: async (bytes, position) => (await device.write(bytes, 0, bytes.length, position)).bytesWritten,
      read: async function* () {},
      close: () => device.close(),
    };
    const log = new RecordLog({ clock: new ManualClock(), sink });
    for (let n = 0; n < 5; n++) log.add({ n });
    await log.flush();
    expect(log.state).toMatchObject({
      trouble: expect.stringMatching(/^\/dev\/full cannot be written: ENOSPC/),
      dropped: 0,
    });
    await log.close();
    expect(numbers(await textOf(log))).toEqual([0, 1, 2, 3, 4]);
    expect(await textOf(log)).toContain('"type":"trouble"');
  });
});
