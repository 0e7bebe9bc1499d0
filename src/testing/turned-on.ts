// What a test turns on in its world, and when it ends.
import type { ActivateBody, Ended, RuleBody } from '../admin/contract/contract.ts';
import type { AdminClient } from '../sdk/admin-client.ts';

export interface OnOptions extends ActivateBody {
  readonly operations?: string[];
  readonly clients?: string[];
  readonly doors?: string[];
}
export interface FaultScope extends AsyncDisposable {
  readonly name: string;
  close(): Promise<Ended | null>;
}
type On = (what: string | RuleBody, options?: OnOptions) => Promise<FaultScope>;

export const onOf =
  (admin: AdminClient): On =>
  async (what, { operations, clients, doors, match, ...rest } = {}) => {
    const all = { ...match, ...(operations && { operations }), ...(clients && { clients }), ...(doors && { doors }) };
    const narrowed = Object.keys(all).length > 0 ? { match: all } : {};
    const scope = (name: string, end: () => Promise<Ended>): FaultScope => ({
      name,
      close: end,
      [Symbol.asyncDispose]: async () => void (await end()),
    });
    if (typeof what !== 'string') {
      const { id } = await admin.addRule({ ...what, ...narrowed });
      return scope(id, () => admin.deleteRule(id));
    }
    const { activation } = await admin.activate(what, { ...rest, ...narrowed });
    return scope(activation, () => admin.endActivation(activation));
  };
