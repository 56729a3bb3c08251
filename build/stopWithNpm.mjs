const everyMs = 500

/**
 * Ends this process, by SIGTERM, when the npm that started it is ended. npm ends its shell, and the shell does not tell
 * us: a server started with `npm start` would live on with nobody to stop it.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM')
  }, everyMs).unref()
}
