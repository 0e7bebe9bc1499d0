// The language server of YAML that editors use, spoken to as they do: its own protocol over stdio.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../support/shipped.ts';

const COMMAND = join(ROOT, 'node_modules/yaml-language-server/bin/yaml-language-server');
/** Schemas are files here, and nothing is fetched. */
const SETTINGS = {
  schemaStore: { enable: false },
  kubernetesCRDStore: { enable: false },
  ...{ validate: true, hover: true, completion: true },
};
const CAPABILITIES = {
  textDocument: {
    completion: { completionItem: { documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
  },
};

/** Lines and characters from 0. */
interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Diagnostic {
  readonly range: { readonly start: Position };
  readonly message: string;
}
interface Completion {
  readonly label: string;
  readonly documentation?: string | { readonly value: string };
}
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export class LanguageServer {
  readonly #child = spawn(process.execPath, [COMMAND, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #diagnosed = new Map<string, (found: readonly Diagnostic[]) => void>();
  #unread = Buffer.alloc(0);
  #asked = 0;

  constructor() {
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  async start(): Promise<void> {
    await this.#ask('initialize', { processId: process.pid, rootUri: null, capabilities: CAPABILITIES });
    this.#send({ method: 'initialized', params: {} });
    this.#send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: SETTINGS } } });
  }

  stop(): Promise<unknown> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    return ended;
  }

  /** Opens a text as the file at this path, which need not be there, and resolves with what is wrong in it. */
  open(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href;
    const diagnosed = new Promise<readonly Diagnostic[]>((resolve) => this.#diagnosed.set(uri, resolve));
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    });
    return diagnosed;
  }

  /** What is offered at this place, each with what is said of it. */
  async complete(path: string, position: Position): Promise<Map<string, string>> {
    const offered = (await this.#at('completion', path, position)) as { readonly items: readonly Completion[] };
    return new Map(
      offered.items.map(({ label, documentation = '' }) => [
        label,
        typeof documentation === 'string' ? documentation : documentation.value,
      ]),
    );
  }

  async hover(path: string, position: Position): Promise<string> {
    const said = (await this.#at('hover', path, position)) as { readonly contents: { readonly value: string } } | null;
    return said?.contents.value ?? '';
  }

  #at(what: string, path: string, position: Position): Promise<unknown> {
    return this.#ask(`textDocument/${what}`, { textDocument: { uri: pathToFileURL(path).href }, position });
  }

  async #ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#asked;
    const answered = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (let end = this.#unread.indexOf('\r\n\r\n'); end >= 0; end = this.#unread.indexOf('\r\n\r\n')) {
      const [, length] = /Content-Length: (\d+)/i.exec(this.#unread.toString('latin1', 0, end)) ?? [];
      const [begins, ends] = [end + 4, end + 4 + Number(length)];
      if (this.#unread.length < ends) return;
      const text = this.#unread.toString('utf8', begins, ends);
      this.#unread = this.#unread.subarray(ends);
      this.#take(JSON.parse(text) as Message);
    }
  }

  #take(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined && method === undefined) this.#answers.get(id)?.(message);
    else if (id !== undefined) this.#send({ id, result: asked(method, params) });
    else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
      this.#diagnosed.get(uri)?.(diagnostics);
    }
  }
}

/** What an editor answers when the server asks for its settings, or for anything else. */
function asked(method: string | undefined, params: unknown): unknown {
  if (method !== 'workspace/configuration') return null;
  const { items } = params as { readonly items: readonly { readonly section: string }[] };
  return items.map(({ section }) => (section === 'yaml' ? SETTINGS : null));
}
