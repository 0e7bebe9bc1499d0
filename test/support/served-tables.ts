// Tables of what a running server says of itself: the calls of its admin API, and its metrics with their labels.
import { markdownTable } from '../../src/faults/reference.ts';
import { showEveryMetric } from './every-metric.ts';
import { startInProcess } from './run-server.ts';
import { ask } from './seller.ts';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
}

/** Name of a block to its table. */
export async function servedTables(): Promise<ReadonlyMap<string, string>> {
  const server = await startInProcess();
  try {
    const { routes } = (await ask(server.admin, { headers: { Accept: 'application/json' } })).body as {
      routes: Call[];
    };
    await showEveryMetric(server);
    return new Map([
      ['calls', callsMarkdown(routes)],
      ['metrics', metricsMarkdown((await ask(`${server.admin}/metrics`)).body)],
    ]);
  } finally {
    await server.stop();
  }
}

const callsMarkdown = (calls: readonly Call[]): string =>
  markdownTable(
    ['call', 'what it does'],
    calls.map(({ method, path, summary }) => [`\`${method} ${path}\``, summary]),
  );

const PREFIX = 'showstopper_';

function metricsMarkdown(text: string): string {
  const rows = [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$/gm)]
    .filter(([, name]) => name?.startsWith(PREFIX))
    .map(([, name = '', help = '', type = '']) => [`\`${name}\``, type, labelsOf(text, name).join(', '), help]);
  return markdownTable(['metric', 'type', 'labels', 'what'], rows);
}

/** Of every sample of a metric, without the bounds of a histogram's buckets. */
function labelsOf(text: string, metric: string): string[] {
  const samples = text.matchAll(new RegExp(`^${metric}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'gm'));
  const names = [...samples].flatMap(([, labels = '']) => [...labels.matchAll(/(\w+)="/g)].map(([, name]) => name));
  return [...new Set(names)].filter((name) => name !== 'le').map((name) => `\`${name}\``);
}
