// Builds what is packed into dist, which begins empty; the page comes after it, by `npm run page`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleInput, bundleOutput } from './bundling.ts';
import { writeDeclarations } from './declarations.ts';
import { ROOT } from './entries.ts';
import { licences } from './licences.ts';

const dir = join(ROOT, 'dist');
rmSync(dir, { recursive: true, force: true });
await Promise.all([bundle(), writeDeclarations()]);

async function bundle(): Promise<void> {
  const bundling = await rolldown({ ...bundleInput, plugins: [licences()] });
  // smaller, and still legible where a stack trace shows it
  const minify = { compress: true, mangle: false, codegen: { removeWhitespace: false } };
  await bundling.write({ ...bundleOutput, dir, minify });
  await bundling.close();
}
