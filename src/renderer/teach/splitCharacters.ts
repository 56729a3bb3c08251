/** What was typed as labels: characters one by one, or, where there are spaces, what stands between them. Each once. */
export function splitCharacters(text: string): string[] {
  const parts = /\s/.test(text.trim()) ? text.trim().split(/\s+/) : [...text.trim()]
  return [...new Set(parts.filter((part) => part !== ''))]
}
