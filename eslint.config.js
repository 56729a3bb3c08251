import eslint from '@eslint/js'
import prettier from 'eslint-config-prettier/flat'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const nodeModules = { group: ['node:*'], message: 'This code also runs where there is no Node.' }
const barrels = { regex: '/index$', message: 'Import the file that holds it.' }

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'scratch/', 'coverage/', 'resources/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // The code is silent but for the logger and the command line's output, which have a file each.
      'no-console': 'error',
      eqeqeq: 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',
      'no-restricted-imports': ['error', { patterns: [barrels] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers and shapes (2,3,3) read as they should in a text; only objects would not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowArray: true },
      ],
      // `() => void run()` and `() => stop()` are the usual short callbacks.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // An empty text (of an environment variable, of a field) mostly means the same as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // [...text] gives code points, which is what a class of characters is.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A name that starts with an underscore says that it is not used on purpose.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `while (true)` with a way out is how a stream is read.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['src/shared/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [nodeModules, barrels] }] },
  },
  {
    files: ['src/renderer/**', 'src/preload/**'],
    languageOptions: { globals: globals.browser },
    rules: { 'no-restricted-imports': ['error', { patterns: [nodeModules, barrels] }] },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // `void value` in an effect reads a state, so that the effect runs again when it changes.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // $state and $props are declared with let and changed by the template or the parent, which the rule cannot see.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // In markup the linter does not know the types of events and snippets, and calls them `any`; svelte-check does know.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      // Vitest's matchers inside of an expected object (expect.any, expect.stringMatching) are `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // Scripts are programs: they talk to whoever typed them.
    files: ['build/**'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-console': 'off',
      // JSON.parse and argument parsing give `any` in plain JavaScript, where no cast can be written.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    // Configuration files of tools that load CommonJS, or that no tsconfig holds.
    files: ['**/*.cjs', '*.config.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node, parserOptions: { projectService: false } },
  },
  prettier,
  svelte.configs.prettier,
)
