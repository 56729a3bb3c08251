import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Generous, because they only end a test that hangs: nothing is measured by them. */
const minuteMs = 60_000
const scriptedEngine = 'test/fixtures/engines/provideScriptedEngine.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        // Components' state (.svelte.ts) is tested here without a browser, so it must be compiled.
        plugins: [svelte()],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          globalSetup: scriptedEngine,
          testTimeout: minuteMs,
          hookTimeout: minuteMs,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['build/testing/prepareTests.mjs', scriptedEngine],
          // One file at a time: each starts processes that take every core.
          fileParallelism: false,
          testTimeout: 5 * minuteMs,
          hookTimeout: 3 * minuteMs,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'build/testing/prepareTests.mjs',
          fileParallelism: false,
          testTimeout: 3 * minuteMs,
          hookTimeout: 3 * minuteMs,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
