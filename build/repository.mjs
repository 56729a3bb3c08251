import { join } from 'node:path'

/** The repository's root folder. Every script works there, wherever it was called from. */
export const repositoryRoot = join(import.meta.dirname, '..')

/**
 * The path of an installed package's program.
 *
 * @param {string} path within node_modules, with forward slashes
 */
export const installed = (path) => join(repositoryRoot, 'node_modules', ...path.split('/'))
