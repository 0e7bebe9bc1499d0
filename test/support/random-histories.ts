// Random histories of a server: rules that come and go, clients that leave at any moment, heals and resets.
import fc from 'fast-check';
import { faultByName } from '../../src/faults/registry.ts';
import type { plainAdmin } from './plain-admin.ts';
import { type ClientScript, clientScript, startClient } from './random-clients.ts';

/** Longest of a history, without what lingers after it. */
const HISTORY_MS = 1500;
/** Their share can only be 1. */
const DOOR_KINDS: ReadonlySet<string> = new Set(['refuse-connection', 'dark-door', 'connection-slots']);

const rule = fc.record({
  share: fc.constantFrom(1, 0.7, 0.4),
  ttl: fc.constantFrom(undefined, undefined, '150ms', '400ms'),
  connections: fc.constantFrom(undefined, 'new', 'all', 'sever'),
  kind: fc.constantFrom(
    { fault: 'idle-close', with: { after: '40ms' } },
    { fault: 'idle-close', with: { after: '40ms', onNextRequest: true } },
    { fault: 'reset-after', with: { afterBytes: 0 } },
    { fault: 'reset-after', with: { afterBytes: 300 } },
    { fault: 'reset-after', with: { after: '80ms' } },
    { fault: 'reset-connection' },
    { fault: 'silent-connection' },
    { fault: 'refuse-connection' },
    { fault: 'dark-door' },
    { fault: 'slow-close', with: { delay: '200ms' } },
    { fault: 'slow-close', with: { delay: '20s' } },
    { fault: 'throttle', with: { bytesPerSecond: 2000 } },
    { fault: 'connection-slots', with: { slots: 0 } },
    { fault: 'connection-slots', with: { slots: 2 } },
    { fault: 'connection-slots', with: { slots: 2, waiting: 1 } },
    { fault: 'connection-slots', with: { slots: 2, waiting: 0, overflow: 'unavailable' } },
    { fault: 'connection-slots', with: { slots: 3, waiting: 0, overflow: 'shut' } },
    { fault: 'tls-stall' },
    { fault: 'tls-reset' },
    { fault: 'tls-bad-certificate' },
    { fault: 'hang' },
    { fault: 'hang-after-work' },
    { fault: 'latency', with: { fixed: '150ms' } },
    { fault: 'latency', with: { fixed: '2s' } },
    { fault: 'lost-reply' },
    { fault: 'lost-reply', with: { afterBytes: 40 } },
    { fault: 'stall-body' },
    { fault: 'truncated-body' },
    { fault: 'slow-body', with: { bytesPerSecond: 400 } },
    { fault: 'empty-reply' },
    { fault: 'garbage' },
    { fault: 'early-hints-forever', with: { every: '20ms' } },
    { fault: 'partial-outage', with: { nodes: 2, bad: 1, how: 'hang' } },
    { fault: 'partial-outage', with: { nodes: 2, bad: 1, how: 'reset' } },
  ),
});
type Rule = typeof rule extends fc.Arbitrary<infer Value> ? Value : never;

type Step =
  | { readonly does: 'client'; readonly script: ClientScript }
  | { readonly does: 'arm'; readonly rule: Rule }
  | { readonly does: 'delete' | 'sever' | 'reset' }
  | { readonly does: 'heal'; readonly release: string | undefined };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ does: fc.constant('client' as const), script: clientScript }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('arm' as const), rule }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('delete' as const, 'sever' as const, 'reset' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('heal' as const),
      release: fc.constantFrom(undefined, 'drop', 'answer'),
    }),
  },
);
export const history = fc.array(fc.record({ at: fc.nat(HISTORY_MS), step }), { minLength: 60, maxLength: 100 });
export type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

export interface Lived {
  readonly ports: { readonly plain: number; readonly tls: number };
  readonly admin: ReturnType<typeof plainAdmin>;
}

/** Lives through it; how to end all clients. */
export async function live({ ports, admin }: Lived, steps: History): Promise<() => void> {
  const ends: (() => void)[] = [];
  const act = async (next: Step): Promise<void> => {
    if (next.does === 'client') ends.push(startClient(ports, next.script));
    else if (next.does === 'heal') await admin('POST', '/v1/heal', { release: next.release });
    else if (next.does === 'sever') await admin('POST', '/v1/connections/sever', {});
    else if (next.does === 'reset') await admin('POST', '/v1/reset', {});
    else if (next.does === 'arm') {
      const { kind, ...how } = next.rule;
      const share = DOOR_KINDS.has(kind.fault) ? 1 : how.share;
      const strikesLiving = faultByName.get(kind.fault)?.living !== 'untouchable'; // of the others `all` is refused
      const connections = how.connections === 'all' && !strikesLiving ? 'sever' : how.connections;
      const { status } = await admin('POST', '/v1/rules', { ...kind, ...how, share, connections });
      if (status !== 201) throw new Error(`${kind.fault} was refused with ${status}`);
    } else {
      const { body } = await admin('GET', '/v1/rules');
      if (body.data[0]) await admin('DELETE', `/v1/rules/${body.data[0].id}`);
    }
  };
  await Promise.all(
    steps.map(async ({ at, step: next }) => {
      await new Promise((resolve) => setTimeout(resolve, at));
      await act(next);
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}
