// Reads the kernel's table of TCP sockets, for what a socket that is not read cannot tell: that its client has shut its side, or is gone.
import { SocketAddress } from 'node:net';
import { endianness } from 'node:os';
import { readTextFile } from '../../base/text-file.ts';
import { inSlices } from '../slices.ts';

/** `shut`: its FIN has come · `other`: it is there, in whatever state. */
export type TcpState = 'shut' | 'other';

/** Where a socket is in the table. */
export interface TcpPlace {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

const FILES = ['/proc/net/tcp', '/proc/net/tcp6'];
const CLOSE_WAIT = '08';
/** Of a table, some 100,000 sockets; a longer one is not looked at. */
const MAX_TABLE_BYTES = 16_000_000;
const LITTLE_ENDIAN = endianness() === 'LE';

/** States of the places asked about, by their keys; undefined where the kernel shows no such table, as outside of Linux. */
export async function readTcpTable(places: readonly TcpPlace[]): Promise<Map<string, TcpState> | undefined> {
  const texts = await Promise.all(FILES.map((file) => readTextFile(file, MAX_TABLE_BYTES).catch(() => undefined)));
  if (texts[0] === undefined) return undefined;
  const wanted = new Set(places.map(({ localPort, remotePort }) => `${hexOf(localPort)} ${hexOf(remotePort)}`));
  const states = new Map<string, TcpState>();
  for (const text of texts) await readRows(text ?? '', wanted, states);
  return states;
}

/** As the kernel spells a row, of which only those of wanted ports are read on. */
const ROW = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) /;

async function readRows(text: string, wanted: ReadonlySet<string>, states: Map<string, TcpState>): Promise<void> {
  const rows = text.split('\n');
  await inSlices(rows, (row) => {
    const [, local = '', address = '', remote = '', state] = ROW.exec(row) ?? [];
    if (!wanted.has(`${local} ${remote}`)) return;
    const remotePort = Number.parseInt(remote, 16);
    const key = keyOf({ localPort: Number.parseInt(local, 16), remoteAddress: decoded(address), remotePort });
    states.set(key, state === CLOSE_WAIT ? 'shut' : 'other');
  });
}

const hexOf = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

export function keyOf({ localPort, remoteAddress, remotePort }: TcpPlace): string {
  return `${localPort} ${canonical(remoteAddress)} ${remotePort}`;
}

/** Addresses are words of 32 bits in the order of the machine. */
function decoded(hex: string): string {
  const words = Buffer.from(hex, 'hex');
  if (LITTLE_ENDIAN) words.swap32();
  if (words.length === 4) return words.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => words.readUInt16BE(index * 2).toString(16));
  return groups.join(':');
}

/** One spelling for each address; IPv4 that comes over IPv6 is IPv4. */
function canonical(address: string): string {
  if (!address.includes(':')) return address;
  const spelled = new SocketAddress({ address: address.split('%')[0] ?? '', family: 'ipv6' }).address;
  return spelled.startsWith('::ffff:') && spelled.includes('.') ? spelled.slice('::ffff:'.length) : spelled;
}
