// A crowd in front of a door: so many connections, opened at a rate, each kept for a time and then replaced.
// A byte on stdin makes it stand still, to be closed from the other side; the end of stdin is its own.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';

/** It works in so many steps a second. */
const STEPS = 50;
/** A step that comes late makes up for so many. */
const MOST_CATCH_UP = 5;
/** Ports are taken in turn: to let the system look for a free one costs it more and more, the more are taken. */
const PORTS = { first: 15_000, count: 50_000 };
/** So many tries must fail before an address is held to be unusable. */
const MOST_TRIES = 20;
/** A slow client sends one byte of its headers so often; each socket in its own step of it. */
const DRIP_STEPS = 5 * STEPS;
/** Descriptors that this process needs for itself. */
const SPARE_FILES = 32;

const { host, port, secure, from, connections, rate, holdMs, manner } = JSON.parse(process.argv[2] ?? '{}');

const HEAD = 'GET /v1/sessions?limit=1 HTTP/1.1\r\nHost: upstream\r\nUser-Agent: showstopper-flood\r\n';
const FIRST_WORDS: Record<string, string> = {
  idle: '',
  'slow-headers': `${HEAD}X-Slow: `,
  hanging:
    'POST /v1/discounts/validate HTTP/1.1\r\nHost: upstream\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n{',
  full: `${HEAD}\r\n`,
};
const firstWords = FIRST_WORDS[manner] ?? '';

/** The step in which each was opened; the oldest first, so that it is the first whose time is over. */
const open = new Map<Socket, number>();
const most = Math.min(connections, openFiles() - SPARE_FILES);
let everConnected = false;
let tries = 0;
let due = 0;
let step = 0;
let nextPort = process.pid * 7919;
let last = performance.now();

if (most < connections) say(`only ${most} of ${connections} connections: the limit on open files is reached`);

process.stdin.once('end', leave).once('error', leave).once('close', leave);
const steps = setInterval(() => {
  step++;
  closeOld();
  const now = performance.now();
  due = Math.min(due + (rate * (now - last)) / 1000, Math.max(1, (rate * MOST_CATCH_UP) / STEPS));
  last = now;
  for (; due >= 1 && open.size < most; due--) begin();
  if (open.size >= most) due = 0;
  if (manner === 'slow-headers') drip();
}, 1000 / STEPS);
process.stdin.once('data', () => clearInterval(steps));

function begin(): void {
  const localPort = PORTS.first + (nextPort++ % PORTS.count);
  const where = { host, port, localAddress: from, localPort, noDelay: true, rejectUnauthorized: false };
  const socket: Socket = secure && manner !== 'idle' ? connectSecure(where) : connect(where);
  open.set(socket, step);
  if (firstWords) socket.write(firstWords);
  socket.once('connect', () => {
    everConnected = true;
  });
  socket.once('close', () => open.delete(socket)).once('error', (error) => broken(error as NodeJS.ErrnoException));
  socket.resume(); // sees when the door closes it; what it is told is of no interest
}

function closeOld(): void {
  for (const [socket, since] of open) {
    if (step - since < (holdMs * STEPS) / 1000) return;
    open.delete(socket);
    socket.destroy(); // a FIN: a server spends more on an RST
  }
}

function drip(): void {
  let turn = 0;
  for (const socket of open.keys()) if (turn++ % DRIP_STEPS === step % DRIP_STEPS) socket.write('a');
}

/** A door that refuses or resets is as its rules want it; an address that cannot be had is not. */
function broken({ code, message }: NodeJS.ErrnoException): void {
  if (everConnected || (code !== 'EADDRNOTAVAIL' && code !== 'EINVAL' && code !== 'ENETUNREACH')) return;
  if (++tries < MOST_TRIES) return;
  say(`no connection can be made from ${from}: ${message}`);
  process.exit(1);
}

function openFiles(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function leave(): void {
  process.exit(0);
}
