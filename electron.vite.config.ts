import { svelte } from '@sveltejs/vite-plugin-svelte'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      // The command line and the browser shell run on the user's own Node, which may be older than Electron's.
      target: 'node20.19',
      // Only the bench, which is not shipped, drives a browser.
      externalizeDeps: { include: ['playwright-core'] },
      // The packages in "dependencies" stay imports (electron-vite's default): some are native, and all are installed.
      rolldownOptions: {
        input: {
          index: 'src/main/shells/electron/main.ts',
          longhand: 'src/main/cli/main.ts',
          engine: 'src/main/engineProcess/entry.ts',
          store: 'src/main/engineProcess/storeEntry.ts',
          augmentWorker: 'src/main/data/augment/augmentWorker.ts',
          // For developers: measures, and is not shipped.
          bench: 'src/main/bench/main.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can load no other file, and only CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/preload.ts',
        output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [svelte(), tailwindcss()],
    build: {
      // The browser shell opens in whatever browser there is, so not Electron's Chromium alone; Tailwind 4's own minimum.
      target: 'es2022',
      cssTarget: ['chrome111', 'firefox128', 'safari16.4'],
      // The Content-Security-Policy allows no data: URL, so that small files stay files.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: 'src/renderer/index.html', quickPad: 'src/renderer/quickPad.html' },
      },
    },
  },
})
