import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './environment/root.ts'

/** Which floors a floor may import from. Tests and their helpers may also use the local environment, which no product code may. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain'],
  db: ['db', 'domain'],
  realtime: ['realtime', 'domain'],
  api: ['api', 'db', 'domain'],
  web: ['web', 'domain'],
  dev: ['dev', 'api', 'db', 'domain', 'realtime', 'web'],
}

/** The same on every floor. A file may call those to its left and the floor's kernel, never those to its right. */
const SHELVES = ['base', 'identity', 'community', 'catalogue', 'learning', 'play', 'affiliation', 'selling', 'overview', 'sites']

/** Kernel files that put shelves together: tables of contents, which no shelf's own logic may be part of. */
const ASSEMBLIES: readonly RegExp[] = [
  /^domain\/(?:access|audit|error)\.ts$/,
  /^api\/(?:app|cron|queue|rooms)\.ts$/,
  /^api\/outbox\/send\.ts$/,
  /^api\/webhooks\/routes\.ts$/,
  // Every request asks who is here.
  /^api\/http\/context-middleware\.ts$/,
]

/** The files that know a platform or the framework of HTTP. */
const KNOWS_HONO = /^api\/(?:http\/.+|app|worker|deno|page-routes|health-routes|.+\/routes)\.ts$/

const IMPORT = /(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/g

interface Arrow {
  file: string
  /** The file of ours that is meant, or the name of a package. */
  target: string
  isTypeOnly: boolean
}

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('paraglide/'))
    .map((file) => `${folder}/${file}`)
}

function arrowsOf(file: string): Arrow[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return Array.from(text.matchAll(IMPORT), ([, type, target = '']) => ({
    file,
    isTypeOnly: type !== undefined,
    target: fileOf(file, target),
  }))
}

function fileOf(file: string, target: string): string {
  if (target.startsWith('#')) return target.slice(1)
  return target.startsWith('.') ? posix.join(posix.dirname(file), target) : target
}

const floorOf = (file: string): string => file.split('/')[0] ?? ''
const isTestCode = (file: string): boolean => /\.test\.tsx?$|(^|\/)testing[^/]*(\.ts$|\/)|^web\/e2e\//.test(file)
const isAssembly = (file: string): boolean => ASSEMBLIES.some((pattern) => pattern.test(file))

/** The shelf that a file stands on; -1 for a file of the kernel. */
function shelfOf(file: string): number {
  const [floor = '', shelf = ''] = file.split('/')
  return ['domain', 'api', 'web'].includes(floor) ? SHELVES.indexOf(shelf) : -1
}

const arrows = Object.keys(MAY_IMPORT)
  .flatMap(filesOf)
  .filter((file) => !isTestCode(file))
  .flatMap(arrowsOf)
const written = ({ file, target }: Arrow): string => `${file} → ${target}`

describe('floors', () => {
  test('domain ← db ← api; domain ← realtime ← the Worker and the tokens of rooms; web → domain and types of the API; nothing → dev', () => {
    const wrong = arrows.filter(({ file, target, isTypeOnly }) => {
      const [from, to] = [floorOf(file), floorOf(target)]
      if (!(to in MAY_IMPORT) || MAY_IMPORT[from]?.includes(to)) return false
      // The Worker's own file exports the rooms' class, and what the API signs for a room is written where the room reads it.
      if (file === 'api/worker.ts' && to === 'realtime') return false
      if (file === 'api/adapters/rooms/tokens.ts' && target === 'realtime/tokens.ts') return false
      return !(from === 'web' && to === 'api' && isTypeOnly)
    })
    expect(wrong.map(written)).toEqual([])
  })

  test('only routes and middleware know Hono; a use-case runs for a cron, a queue and a webhook alike', () => {
    const wrong = arrows.filter(
      ({ file, target }) => floorOf(file) === 'api' && /^(?:hono(?:\/|$)|@hono\/|api\/http\/)/.test(target) && !KNOWS_HONO.test(file),
    )
    expect(wrong.map(written)).toEqual([])
  })
})

describe('shelves', () => {
  test('call leftwards only', () => {
    const wrong = arrows.filter(({ file, target }) => {
      const [from, to] = [shelfOf(file), shelfOf(target)]
      // A query may read any table, so it may name the stored values of any.
      const isVocabulary = floorOf(file) !== 'domain' && /^domain\/[a-z]+\/enums\.ts$/.test(target)
      return from >= 0 && to > from && !isAssembly(target) && !isVocabulary
    })
    expect(wrong.map(written)).toEqual([])
  })

  test('are known to no file of the kernel but those that put them together', () => {
    const wrong = arrows.filter(({ file, target }) => {
      const isKernel = ['api', 'web'].includes(floorOf(file)) && shelfOf(file) < 0
      return isKernel && shelfOf(target) >= 0 && floorOf(target) === floorOf(file) && !isAssembly(file)
    })
    expect(wrong.map(written)).toEqual([])
  })

  test('carry the business’s names and nobody’s: nothing is called after who looks, but the dashboards', () => {
    const audiences = /\/(?:(?:admin|affiliate|showcase|owner)[-./]|(?:account|me|client)\/)/
    const ours = [...filesOf('api'), ...filesOf('web')].filter((file) => !isTestCode(file) && !file.includes('/overview/'))
    expect(ours.filter((file) => audiences.test(file))).toEqual([])
  })

  test('are all that stands on a floor beside its kernel', () => {
    const kernel = {
      domain: ['messages'],
      api: ['adapters', 'health', 'http', 'mail', 'outbox', 'webhooks'],
      web: ['data', 'e2e', 'fonts', 'i18n', 'pay', 'shell', 'styleguide', 'ui'],
    }
    for (const [floor, folders] of Object.entries(kernel)) {
      const known = new Set([...SHELVES, ...folders])
      const found = readdirSync(join(ROOT, floor), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
      expect([floor, found.filter((name) => !known.has(name))]).toEqual([floor, []])
    }
  })
})

describe('the rules', () => {
  test('are pure: domain reads no clock, draws no lots, makes no ids and does no I/O', () => {
    const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|process\.|console\.|randomUUID|createId|getRandomValues/
    const wrong = filesOf('domain').filter((file) => !isTestCode(file) && impure.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(wrong).toEqual([])
  })
})

test('one clock: what runs for a request, a message or a job is told the time and does not look', () => {
  // The system's own clock, what keeps a cache by it, and what measures how long an outside party took.
  const looks = /^api\/(?:services|deno-runtime|adapters\/.+)\.ts$/
  const wrong = filesOf('api').filter((file) => {
    if (isTestCode(file) || looks.test(file)) return false
    return /new Date\(\)|Date\.now\(/.test(readFileSync(join(ROOT, file), 'utf8'))
  })
  expect(wrong).toEqual([])
})
