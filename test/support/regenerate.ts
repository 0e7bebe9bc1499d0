// Rewrites what is written from the code, where it is stale; run by `npm run fix`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, ROOT, staleFiles } from './generated.ts';

const stale = new Set(staleFiles());
for (const { path, expected } of generatedFiles()) {
  if (!stale.has(path)) continue;
  writeFileSync(join(ROOT, path), expected);
  process.stdout.write(`rewrote ${path}\n`);
}
