/** A call that a page's HTML has the browser make before its program runs. Only our own build writes these lines. */
const CALL = /\s*<link rel="preload" as="fetch" [^>]*href="([^"]*)">/g
/** What a key or a name in one of our addresses is spelt with; anything else is left to the program to ask for. */
const PLAIN = /^[A-Za-z0-9_-]{1,100}$/

/**
 * Writes the parts of the address into the calls ("/api/communities/$slug"). A call that cannot be the one the program will make is taken out: it would
 * be made twice. A list that the address asks for otherwise than it opens by itself is such a one.
 */
export function withCalls(html: string, params: ReadonlyMap<string, string>, search: string): string {
  return html.replaceAll(CALL, (line: string, call: string) => {
    if (search !== '' && call.includes('?')) return ''
    const names = [...params.keys()].filter((name) => call.includes(name))
    if (names.some((name) => !PLAIN.test(params.get(name) ?? ''))) return ''
    return names.reduce((written, name) => written.replace(name, params.get(name) ?? ''), line)
  })
}
