import * as z from 'zod/mini'
import type { Db } from '#db/client.ts'
import type { Ctx } from '#api/context.ts'
import type { Runtime } from '#api/runtime.ts'
import { LinkMemory } from './link-memory.ts'
import { KnownLink, loadLink } from './load-link.ts'

type Finding = Pick<Ctx, 'config' | 'db' | 'now' | 'runtime'>

/** How long a process trusts what it remembers. */
const MEMORY_MS = 30_000
/** Unknown codes are remembered apart, so that guessing codes cannot push good links out, and briefly, so that a new link works at once. */
const UNKNOWN_MS = 10_000
const CACHE_FRESH_MS = 60_000
/** Kept far longer than it is fresh: with the database down an old answer still sends the visitor to the right page. */
const CACHE_SECONDS = 86_400

const Cached = z.object({ link: KnownLink, freshUntil: z.int() })

interface Memories {
  links: LinkMemory<KnownLink>
  unknown: LinkMemory<true>
}

/** One memory per database client, which lives as long as the app: two apps in one process do not answer for each other. */
const memories = new WeakMap<Db, Memories>()

/** The link of a code if this process remembers it: without waiting, because nearly every click finds its link here. */
export function rememberedLink({ db, now }: Pick<Ctx, 'db' | 'now'>, code: string): KnownLink | undefined {
  return memoryOf(db).links.fresh(code, now.getTime())
}

/** The link of a code from memory, else from the shared cache, else with one read; null when there is none. Throws only when nothing at all is known. */
export async function findLink(ctx: Finding, code: string): Promise<KnownLink | null> {
  const { links, unknown } = memoryOf(ctx.db)
  const nowMs = ctx.now.getTime()
  const remembered = links.fresh(code, nowMs)
  if (remembered) return remembered
  if (unknown.fresh(code, nowMs)) return null
  const cached = await readCache(ctx.runtime, code)
  if (cached && cached.freshUntil > nowMs) return remember(links, code, cached.link, nowMs)
  try {
    const link = await loadLink(ctx, code)
    if (!link) {
      unknown.put(code, true, nowMs + UNKNOWN_MS)
      links.delete(code)
      return null
    }
    ctx.runtime.waitUntil(writeCache(ctx.runtime, code, { link, freshUntil: nowMs + CACHE_FRESH_MS }))
    return remember(links, code, link, nowMs)
  } catch (error) {
    const last = links.last(code) ?? cached?.link
    if (!last) throw error
    return remember(links, code, last, nowMs)
  }
}

/** Makes a change of a link seen: here at once, elsewhere when what other processes and the cache's own copies hold has aged. */
export async function forgetLink({ db, runtime }: Pick<Ctx, 'db' | 'runtime'>, code: string): Promise<void> {
  const { links, unknown } = memoryOf(db)
  links.delete(code)
  unknown.delete(code)
  await runtime.cache.delete(keyOf(code)).catch(() => undefined)
}

function memoryOf(db: Db): Memories {
  const known = memories.get(db)
  if (known) return known
  const made = { links: new LinkMemory<KnownLink>(20_000), unknown: new LinkMemory<true>(2_000) }
  memories.set(db, made)
  return made
}

function remember(links: LinkMemory<KnownLink>, code: string, link: KnownLink, nowMs: number): KnownLink {
  links.put(code, link, nowMs + MEMORY_MS)
  return link
}

/** A cache that fails or holds another version's shape is the same as an empty one. */
async function readCache(runtime: Runtime, code: string): Promise<z.infer<typeof Cached> | null> {
  try {
    const text = await runtime.cache.get(keyOf(code))
    const parsed = text ? Cached.safeParse(JSON.parse(text)) : null
    return parsed?.success ? parsed.data : null
  } catch {
    return null
  }
}

async function writeCache(runtime: Runtime, code: string, entry: z.infer<typeof Cached>): Promise<void> {
  await runtime.cache.put(keyOf(code), JSON.stringify(entry), CACHE_SECONDS).catch(() => undefined)
}

function keyOf(code: string): string {
  return `link:${code}`
}
