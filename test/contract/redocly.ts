// Redocly's linter over OpenAPI documents, as its command finds them; it asks nothing of any network.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/shipped.ts';

const COMMAND = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');
const CONFIG = join(ROOT, 'test/contract/redocly.yaml');
const OFFLINE = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' };

interface Report {
  readonly totals: { readonly errors: number };
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly pointer?: string }[];
  }[];
}

/** What the linter has to say of a document, a line each: rule, where, and what. */
export async function lint(document: object, folder: string): Promise<string[]> {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(file, JSON.stringify(document));
  const { problems } = JSON.parse(await run(['lint', file, '--config', CONFIG, '--format', 'json'])) as Report;
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
}

/** Exit status 1 is a document with errors; whatever else fails has no report. */
function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...OFFLINE };
    execFile(process.execPath, [COMMAND, ...args], { env, maxBuffer: 2 ** 25 }, (error, stdout, stderr) => {
      if (stdout.trimStart().startsWith('{')) resolve(stdout);
      else reject(new Error(`no report came of the linter: ${error?.message}\n${stderr}`));
    });
  });
}
