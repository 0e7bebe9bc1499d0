// Showstopper in a container of a test, by Testcontainers: started, ready, and told where its listeners are.
import { randomBytes } from 'node:crypto';
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { environmentOf, type Options } from '../config.ts';
import { type AdminClient, createAdminClient } from '../sdk/admin-client.ts';
import { LastLines } from './last-lines.ts';

const UPSTREAM_PORT = 8080;
const ADMIN_PORT = 9190;
/** First port of the doors that worlds may have. */
const FIRST_WORLD_PORT = 20_000;
const MAX_WORLD_DOORS = 100;
const TOKEN_BYTES = 16;
/** Of the log, in the error of a container that does not get ready. */
const SHOWN_LINES = 20;
/** Ready after a second or two, on a machine that has much else to do after ten. */
const READY_WITHIN_MS = 30_000;

/** It did not come to the point where it answers. */
export class ContainerNotReady extends Error {
  override readonly name = 'ContainerNotReady';
}

/** `await new ShowstopperContainer('showstopper:latest').withSettings({ catalog: 'small' }).start()`. */
export class ShowstopperContainer extends GenericContainer {
  readonly #image: string;
  readonly #lines = new LastLines(SHOWN_LINES);
  #token = randomBytes(TOKEN_BYTES).toString('hex');

  constructor(image: string) {
    super(image);
    this.#image = image;
    this.withExposedPorts(UPSTREAM_PORT, ADMIN_PORT)
      .withEnvironment({ SHOWSTOPPER_SEED: '1', SHOWSTOPPER_ADMIN_TOKEN: this.#token })
      .withWaitStrategy(Wait.forHttp('/readyz', ADMIN_PORT, { abortOnContainerExit: true }).forStatusCode(200))
      .withStartupTimeout(READY_WITHIN_MS)
      .withLogConsumer((stream) => stream.on('data', (chunk) => this.#lines.add(String(chunk))));
  }

  /** As `start` takes them; those of hosts and ports belong to the container. Throws a TypeError for others. */
  withSettings(settings: Omit<Options, 'host' | 'port' | 'adminHost' | 'adminPort' | 'adminOpen'>): this {
    this.#token = settings.adminToken ?? this.#token;
    return this.withEnvironment(environmentOf(settings));
  }

  /** So many worlds may have a door of their own (`door: true`), which connection faults need; at most 100. */
  withWorldDoors(doors: number): this {
    if (!Number.isInteger(doors) || doors < 1 || doors > MAX_WORLD_DOORS)
      throw new TypeError(`doors of worlds must be a whole number from 1 to ${MAX_WORLD_DOORS}, got ${doors}`);
    const ports = Array.from({ length: doors }, (_, index) => FIRST_WORLD_PORT + index);
    return this.withExposedPorts(...ports).withSettings({
      worldPorts: `${FIRST_WORLD_PORT}-${FIRST_WORLD_PORT + doors - 1}`,
    });
  }

  /** Rejects with a ContainerNotReady that has the last lines of its log. */
  override async start(): Promise<StartedShowstopperContainer> {
    try {
      return new StartedShowstopperContainer(await super.start(), this.#token);
    } catch (error) {
      throw new ContainerNotReady(whyNot(this.#image, error, this.#lines.all), { cause: error });
    }
  }
}

export class StartedShowstopperContainer extends AbstractStartedContainer {
  readonly token: string;

  constructor(container: StartedTestContainer, token: string) {
    super(container);
    this.token = token;
  }

  /** URL of the upstream listener from the machine of the test. */
  get upstream(): string {
    return this.#url(UPSTREAM_PORT);
  }

  /** URL of the admin listener, which asks for `token`. */
  get admin(): string {
    return this.#url(ADMIN_PORT);
  }

  /** Of one world, or of the world `default`. */
  client(world?: string): AdminClient {
    return createAdminClient({ url: this.admin, token: this.token, world });
  }

  /** Of the door of a world that has one, from the machine of the test; `upstream` of a world is its URL within the container. */
  doorOf({ name, upstream }: { readonly name: string; readonly upstream?: string | undefined }): string {
    if (upstream === undefined)
      throw new TypeError(`the world ${name} has no door; make it with { door: true }, in a container withWorldDoors`);
    return this.#url(Number(new URL(upstream).port));
  }

  #url(port: number): string {
    return `http://${this.getHost()}:${this.getMappedPort(port)}`;
  }
}

function whyNot(image: string, error: unknown, lines: readonly string[]): string {
  // it has a log of its own there, with what came before too
  const reason = (error instanceof Error ? error.message : String(error)).replace(/, last \d+ logs:[\s\S]*/, '');
  if (/container runtime strategy/i.test(reason))
    return `no container engine answers here (${reason}): start Docker, or start a server within the test by \`start\` of showstopper`;
  if (/no such image|not found|pull access denied/i.test(reason) && lines.length === 0)
    return `there is no image ${image} (${reason}): build it in a clone of showstopper by \`docker build -t ${image} .\``;
  const log =
    lines.length > 0 ? `The end of its log:\n${lines.map((line) => `  ${line}`).join('\n')}` : 'It logged nothing.';
  return `the container of ${image} did not become ready: ${reason}. ${log}`;
}
