// Rewrites what is written from the code, where it is stale; run by `npm run fix`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { staleFiles } from './generated.ts';
import { ROOT } from './shipped.ts';

for (const { path, expected } of await staleFiles()) {
  writeFileSync(join(ROOT, path), expected);
  process.stdout.write(`rewrote ${path}\n`);
}
