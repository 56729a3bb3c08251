/** A command line as one would have to type it: for a POSIX shell, or for Windows' own. */
export function quote(args: readonly string[], platform: NodeJS.Platform = process.platform): string {
  const quoted = (argument: string): string => {
    if (platform === 'win32') return /^[\w@%+=:,./\\-]+$/.test(argument) ? argument : `"${argument}"`
    return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
  }
  return args.map(quoted).join(' ')
}
