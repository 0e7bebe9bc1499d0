// What kinds that act in the TLS handshake need of the server.
import { Refusal } from '../base/refusal.ts';
import type { ArmContext } from './fault.ts';

/** Throws a Refusal `cannot_be_armed` when there is no TLS door. */
export function needsTlsDoor(kind: string, { conditions }: ArmContext): void {
  if (!conditions.tls)
    throw new Refusal(
      'cannot_be_armed',
      `${kind} strikes TLS handshakes, and ${conditions.tlsTrouble ?? 'this server has no TLS door; start it with SHOWSTOPPER_TLS_PORT'}`,
    );
}
