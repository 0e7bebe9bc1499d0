// Builds the page of the admin listener into dist/page: scripts and styles by name, nothing from elsewhere, nothing inline.
import { defineConfig } from 'vite';
import { licences } from './build/licences.ts';
import manifest from './package.json' with { type: 'json' };

export default defineConfig({
  root: 'src/dashboard/page',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [licences()],
  define: { VERSION: JSON.stringify(manifest.version) },
  build: {
    outDir: '../../../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
