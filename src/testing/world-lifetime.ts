// How long the world of a test lasts, and what a call says that comes later.
import type { AdminClient } from '../sdk/admin-client.ts';
import { AdminError } from '../sdk/errors.ts';

export class WorldLifetime {
  readonly test: string;
  ended = false;

  constructor(test: string) {
    this.test = test;
  }

  /** Throws once the test has ended. */
  check(what: string): void {
    if (this.ended) throw this.#after(what);
  }

  /** The same client, whose calls say which test has ended when they come too late. */
  guard(client: AdminClient): AdminClient {
    return new Proxy(client, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || name === 'world') return value;
        return async (...args: unknown[]) => {
          const what = `upstream.admin.${String(name)}`;
          this.check(what);
          try {
            return await value.apply(target, args);
          } catch (error) {
            throw this.ended && error instanceof AdminError && error.code === 'world_deleted'
              ? this.#after(what, error)
              : error;
          }
        };
      },
    });
  }

  #after(what: string, cause?: unknown): Error {
    const words = `${what}: the test “${this.test}” has ended, and its world with it; await what it does before it ends`;
    return new Error(words, { cause });
  }
}
