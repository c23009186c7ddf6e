/** What a message's text is made of. It is drawn from this and never from HTML, so no text can become markup. */
export type Inline = { at: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
)

/** `at` is the place among its siblings: a text never changes under its reader, so that it names a part for good. */
export type Block = { at: number } & ({ kind: 'code'; text: string } | { kind: 'quote' | 'text'; children: Inline[] })
type Unplaced<Part> = Part extends unknown ? Omit<Part, 'at'> : never

const placed = <Part extends object>(parts: Part[]): (Part & { at: number })[] => parts.map((part, at) => Object.assign(part, { at }))

// Bounded runs, so that no text makes the search slow. The order decides which mark wins at one place.
const MARKS =
  /`(?<code>[^`\n]{1,500})`|\*\*(?=\S)(?<bold>[^\n]{1,500}?)(?<=\S)\*\*(?!\*)|~~(?=\S)(?<strike>[^\n]{1,500}?)(?<=\S)~~|(?<![\w*])\*(?=[^\s*])(?<star>[^*\n]{1,500}?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])(?<low>[^_\n]{1,500}?)(?<=\S)_(?!\w)|(?<url>https?:\/\/[^\s<>"`]{1,1000})/gu

/** Punctuation behind an address belongs to the sentence. */
const TRAILING = /[.,;:!?'»)\]}*_~]+$/u
const DEPTH_MAX = 3

/** Reads the markdown subset of messages: code blocks, quotes, and marks within lines.. */
export function parseMessage(text: string): Block[] {
  const parts = text.split(/^```[^\n]*\n([\s\S]*?)\n?```[ \t]*$/mu).flatMap((part, at): Unplaced<Block>[] => {
    if (at % 2 === 1) return [{ kind: 'code', text: part }]
    return part.trim() === '' ? [] : paragraphs(part.replace(/^\n|\n$/gu, ''))
  })
  return placed(parts)
}

function paragraphs(text: string): Unplaced<Block>[] {
  const runs: { isQuote: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const isQuote = line.startsWith('> ')
    const last = runs.at(-1)
    const shown = isQuote ? line.slice(2) : line
    if (last?.isQuote === isQuote) last.lines.push(shown)
    else runs.push({ isQuote, lines: [shown] })
  }
  return runs.map(({ isQuote, lines }) => ({ kind: isQuote ? 'quote' : 'text', children: parseInline(lines.join('\n')) }))
}

export function parseInline(text: string, depth = 0): Inline[] {
  const parts: Unplaced<Inline>[] = []
  let end = 0
  for (const match of depth < DEPTH_MAX ? text.matchAll(MARKS) : []) {
    const { part, length } = read(match, depth)
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    parts.push(part)
    end = match.index + length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return placed(parts)
}

function read(match: RegExpExecArray, depth: number): { part: Unplaced<Inline>; length: number } {
  const { code, bold, strike, star, low, url } = match.groups ?? {}
  const length = match[0].length
  if (code !== undefined) return { part: { kind: 'code', text: code }, length }
  if (bold !== undefined) return { part: { kind: 'bold', children: parseInline(bold, depth + 1) }, length }
  if (strike !== undefined) return { part: { kind: 'strike', children: parseInline(strike, depth + 1) }, length }
  const italic = star ?? low
  if (italic !== undefined) return { part: { kind: 'italic', children: parseInline(italic, depth + 1) }, length }
  const shown = (url ?? '').replace(TRAILING, '')
  const part: Unplaced<Inline> = URL.canParse(shown) ? { kind: 'link', text: shown, href: shown } : { kind: 'text', text: shown }
  return { part, length: shown.length }
}

/** The words alone, as they are spoken. */
export const plainText = (text: string): string =>
  parseMessage(text)
    .map((block) => ('text' in block ? block.text : wordsOf(block.children)))
    .join('\n')

const wordsOf = (parts: readonly Inline[]): string => parts.map((part) => ('text' in part ? part.text : wordsOf(part.children))).join('')
