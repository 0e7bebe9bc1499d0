// The process of the floods: each opens so many connections at a rate, keeps each for a time and then replaces it.
// What to do comes line by line on stdin, whose end is its own; what it has to say goes to stdout.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { connect as connectSecure } from 'node:tls';
import type { FloodOrder, FloodTells, FloodTold } from '../door/flood-order.ts';

/** It works in so many steps a second. */
const STEPS = 50;
/** It says that it lives every so many steps: twice a second. */
const PULSE_STEPS = 25;
/** A step that comes late makes up for so many. */
const MAX_CATCH_UP = 5;
/** Ports are taken in turn: to let the system look for a free one costs it more and more, the more are taken. */
const PORTS = { first: 15_000, count: 50_000 };
/** So many tries must fail before an address is held to be unusable. */
const MAX_TRIES = 20;
/** A slow client sends one byte of its headers so often; each socket in its own step of it. */
const DRIP_STEPS = 5 * STEPS;
/** Connections of a flood that is over, closed in one step: the server has work with each. */
const CLOSED_A_STEP = 250;
/** Descriptors that this process needs for itself. */
const SPARE_FILES = 32;

const HEAD = 'GET /v1/sessions?limit=1 HTTP/1.1\r\nHost: upstream\r\nUser-Agent: showstopper-flood\r\n';
const FIRST_WORDS: Record<string, string> = {
  idle: '',
  'slow-headers': `${HEAD}X-Slow: `,
  hanging:
    'POST /v1/discounts/validate HTTP/1.1\r\nHost: upstream\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n{',
  full: `${HEAD}\r\n`,
};

interface Flood {
  readonly number: number;
  readonly order: FloodOrder;
  /** The step in which each was opened; the oldest first, so that it is the first whose time is over. */
  readonly open: Map<Socket, number>;
  /** At most so many, as descriptors allow. */
  readonly most: number;
  state: 'runs' | 'still' | 'ends';
  due: number;
  everConnected: boolean;
  tries: number;
}

const floods = new Map<number, Flood>();
const files = openFiles() - SPARE_FILES;
let step = 0;
let nextPort = process.pid * 7919;
let last = performance.now();

createInterface(process.stdin)
  .on('line', (line) => obey(JSON.parse(line)))
  .once('close', leave);
process.stdin.once('error', leave);
process.stdout.on('error', leave);
setInterval(() => {
  if (step++ % PULSE_STEPS === 0) say({ say: 'pulse' });
  const now = performance.now();
  for (const flood of floods.values()) work(flood, now - last);
  last = now;
}, 1000 / STEPS);

function obey(told: FloodTold): void {
  const flood = floods.get(told.flood);
  if (told.say === 'begin') begin(told.flood, told.order);
  else if (flood) flood.state = told.say === 'still' ? 'still' : 'ends';
}

function begin(number: number, order: FloodOrder): void {
  const taken = [...floods.values()].reduce((sum, { most }) => sum + most, 0);
  const most = Math.max(0, Math.min(order.connections, files - taken));
  floods.set(number, { number, order, open: new Map(), most, state: 'runs', due: 0, everConnected: false, tries: 0 });
  if (most < order.connections)
    trouble(number, `only ${most} of ${order.connections} connections: the limit on open files is reached`);
}

function work(flood: Flood, passedMs: number): void {
  if (flood.state === 'ends') close(flood);
  if (flood.state !== 'runs') return;
  const { order, open, most } = flood;
  closeOld(flood);
  flood.due = Math.min(flood.due + (order.rate * passedMs) / 1000, Math.max(1, (order.rate * MAX_CATCH_UP) / STEPS));
  for (; flood.due >= 1 && open.size < most; flood.due--) enter(flood);
  if (open.size >= most) flood.due = 0;
  if (order.manner === 'slow-headers') drip(open);
}

function enter(flood: Flood): void {
  const { host, port, from, secure, manner } = flood.order;
  const localPort = PORTS.first + (nextPort++ % PORTS.count);
  const where = { host, port, localAddress: from, localPort, noDelay: true, rejectUnauthorized: false };
  const socket: Socket = secure && manner !== 'idle' ? connectSecure(where) : connect(where);
  flood.open.set(socket, step);
  const firstWords = FIRST_WORDS[manner];
  if (firstWords) socket.write(firstWords);
  socket.once('connect', () => {
    flood.everConnected = true;
  });
  socket
    .once('close', () => flood.open.delete(socket))
    .once('error', (error) => broken(flood, error as NodeJS.ErrnoException));
  socket.resume(); // sees when the door closes it; what it is told is of no interest
}

function closeOld({ open, order }: Flood): void {
  for (const [socket, since] of open) {
    if (step - since < (order.holdMs * STEPS) / 1000) return;
    open.delete(socket);
    socket.destroy(); // a FIN: a server spends more on an RST
  }
}

/** A flood that is over: what it has open goes a slice a step. */
function close({ number, open }: Flood): void {
  let left = CLOSED_A_STEP;
  for (const socket of open.keys()) {
    if (left-- === 0) return;
    open.delete(socket);
    socket.destroy();
  }
  floods.delete(number);
}

function drip(open: ReadonlyMap<Socket, number>): void {
  let turn = 0;
  for (const socket of open.keys()) if (turn++ % DRIP_STEPS === step % DRIP_STEPS) socket.write('a');
}

/** A door that refuses or resets is as its rules want it; an address that cannot be had is not. */
function broken(flood: Flood, { code, message }: NodeJS.ErrnoException): void {
  if (flood.everConnected || (code !== 'EADDRNOTAVAIL' && code !== 'EINVAL' && code !== 'ENETUNREACH')) return;
  if (++flood.tries !== MAX_TRIES) return;
  trouble(flood.number, `no connection can be made from ${flood.order.from}: ${message}`);
}

function openFiles(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function trouble(flood: number, reason: string): void {
  say({ say: 'trouble', flood, reason });
}

function say(tells: FloodTells): void {
  process.stdout.write(`${JSON.stringify(tells)}\n`);
}

function leave(): void {
  process.exit(0);
}
