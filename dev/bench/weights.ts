import { readFileSync } from 'node:fs'
import { SourceMap, type SourceMapping } from 'node:module'
import { gzipSync } from 'node:zlib'
import { bundleApp } from './bundle.ts'
import { report } from './figure.ts'

/** What Cloudflare takes is counted compressed, and so is this promise (`dev/deploy.test.ts` holds it). */
const MOST_KB = 700
const WORTH_A_LINE_KB = 1

/** `npm run bench -- bundle`: what the deployed Worker weighs, and what it would weigh less without each of its libraries. */
export function benchBundle(folder: string): Promise<void> {
  const file = bundleApp(folder, { minified: true })
  const code = readFileSync(file, 'utf8')
  const whole = kilobytes(code)
  report({ bench: 'bundle', figure: 'the Worker', value: whole, unit: 'KB gz', promise: MOST_KB, keeps: 'at most' })
  const weights = [...ownersOf(code, `${file}.map`)].map(([owner, parts]) => ({ owner, value: whole - kilobytes(without(code, parts)) }))
  for (const { owner, value } of weights.toSorted((one, other) => other.value - one.value)) {
    if (value >= WORTH_A_LINE_KB) report({ bench: 'bundle', figure: owner, value, unit: 'KB gz' })
  }
  return Promise.resolve()
}

interface Part {
  from: number
  to: number
}

/** Which stretches of the bundle came from which package; `ours` is what came from none. Says nothing about what no line of the map covers. */
function ownersOf(code: string, mapFile: string): Map<string, Part[]> {
  const map = new SourceMap(JSON.parse(readFileSync(mapFile, 'utf8')))
  const owners = new Map<string, Part[]>()
  let lineStart = 0
  for (const [line, text] of code.split('\n').entries()) {
    for (const { owner, from, to } of stretches(map, line, text.length)) {
      const parts = owners.get(owner) ?? []
      parts.push({ from: lineStart + from, to: lineStart + to })
      owners.set(owner, parts)
    }
    lineStart += text.length + 1
  }
  return owners
}

/** Node's map answers for a column, not in order, so each column is asked; a bundle is about a million of them. */
function* stretches(map: SourceMap, line: number, length: number): Generator<Part & { owner: string }> {
  let open: (Part & { owner: string }) | null = null
  for (let column = 0; column < length; column++) {
    const owner = ownerOf(map.findEntry(line, column))
    if (open !== null && open.owner === owner) {
      open.to = column + 1
      continue
    }
    if (open !== null) yield open
    open = { owner, from: column, to: column + 1 }
  }
  if (open !== null) yield open
}

function ownerOf(entry: SourceMapping | object): string {
  const source = 'originalSource' in entry ? entry.originalSource : ''
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? []
  // Drizzle's own map says "../src/…" of files that lie one folder deeper.
  return name === 'src' ? 'drizzle-orm' : (name ?? 'ours')
}

function without(code: string, parts: readonly Part[]): string {
  const ends = [...parts, { from: code.length, to: code.length }]
  return ends.map(({ from }, index) => code.slice(parts[index - 1]?.to ?? 0, from)).join('')
}

const kilobytes = (code: string): number => gzipSync(code).byteLength / 1024
