// As much of the Docker Engine API as Testcontainers asks for, over processes: a container is `showstopper serve` on ports of this machine.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BUNDLED_ENV, MAIN } from './bundled.ts';
import { freePort } from './free-port.ts';

export interface ContainerEngine {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Containers whose process lives. */
  readonly running: number;
  stop(): Promise<void>;
}

interface Container {
  readonly env: readonly string[];
  /** Of this machine, by that of the container. */
  readonly ports: Map<string, number>;
  readonly output: string[];
  child?: ChildProcess;
}

interface CreateBody {
  readonly Image: string;
  readonly Env?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
}

const IMAGE = 'showstopper';

/** It has one image, `showstopper`, and can pull none. */
export async function startContainerEngine(): Promise<ContainerEngine> {
  const containers = new Map<string, Container>();
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*/, '');
    const body = await read(request);
    const [, id = '', verb = ''] = /^\/containers\/(c\d+)\/?(\w*)$/.exec(path) ?? [];
    const container = containers.get(id);
    if (path === '/info')
      return answer(response, 200, { OperatingSystem: 'none', OSType: 'linux', ServerVersion: '28' });
    if (path.startsWith('/images/'))
      return path.startsWith(`/images/${IMAGE}:`)
        ? answer(response, 200, { Id: 'i1' })
        : answer(response, 404, { message: `No such image: ${path}` });
    if (path === '/containers/json') return answer(response, 200, []);
    if (path === '/containers/create') return create(response, containers, JSON.parse(body) as CreateBody);
    if (!container) return answer(response, 404, { message: `no such path: ${path}` });
    if (verb === 'json') return answer(response, 200, inspected(id, container));
    if (verb === 'logs') return writeLog(response, container);
    if (verb === 'start') begin(container);
    else await end(container);
    answer(response, 204);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get running() {
      return [...containers.values()].filter(({ child }) => child && isAlive(child)).length;
    },
    async stop() {
      await Promise.all([...containers.values()].map(end));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function create(response: ServerResponse, containers: Map<string, Container>, body: CreateBody): Promise<void> {
  const id = `c${containers.size + 1}`;
  const ports = new Map<string, number>();
  // the doors of worlds bind the port that the server is told, so they are mapped to themselves
  for (const port of Object.keys(body.ExposedPorts ?? {}))
    ports.set(port, Number.parseInt(port, 10) >= 20_000 ? Number.parseInt(port, 10) : await freePort());
  containers.set(id, { env: body.Env ?? [], ports, output: [] });
  answer(response, 201, { Id: id, Warnings: [] });
}

function begin(container: Container): void {
  const port = (of: string): string => String(container.ports.get(of));
  const env = Object.fromEntries(container.env.map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]));
  const args = [MAIN, 'serve', '--port', port('8080/tcp'), '--admin-port', port('9190/tcp')];
  container.child = spawn(process.execPath, args, {
    env: { ...BUNDLED_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [container.child.stdout, container.child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => container.output.push(text));
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

async function end({ child }: Container): Promise<void> {
  if (!child || !isAlive(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function inspected(id: string, { child, ports }: Container): object {
  const running = child !== undefined && isAlive(child);
  const bindings = [...ports].map(([port, own]) => [port, [{ HostIp: '127.0.0.1', HostPort: String(own) }]]);
  return {
    ...{ Id: id, Name: `/${id}`, Config: { Hostname: id, Labels: {}, Image: IMAGE } },
    State: { Status: running ? 'running' : 'exited', Running: running, ExitCode: child?.exitCode ?? 0 },
    NetworkSettings: { Ports: Object.fromEntries(bindings), Networks: {} },
    HostConfig: { PortBindings: Object.fromEntries(bindings) },
  };
}

/** Follows it, in the frames of the engine: one byte for the stream, three of nothing, four for the length. */
function writeLog(response: ServerResponse, { output, child }: Container): void {
  response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
  let told = 0;
  const tell = (): void => {
    for (const text of output.slice(told)) {
      const bytes = Buffer.from(text);
      const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
      head.writeUInt32BE(bytes.length, 4);
      response.write(Buffer.concat([head, bytes]));
    }
    told = output.length;
  };
  tell();
  for (const stream of [child?.stdout, child?.stderr]) stream?.on('data', tell);
  child?.once('close', () => response.end());
  if (child && !isAlive(child)) response.end();
}

function answer(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body && JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
