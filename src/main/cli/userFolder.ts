/**
 * The folder in which the user typed the command. `npm run longhand` changes to the package's own folder and leaves the
 * user's in INIT_CWD; only then does it count, since whatever npm starts by other scripts inherits it too.
 */
export function findUserFolder(variables: NodeJS.ProcessEnv, workingFolder: string): string {
  const typed = variables.INIT_CWD
  return typed && variables.npm_lifecycle_event === 'longhand' ? typed : workingFolder
}
