import { setTimeout as sleep } from 'node:timers/promises'

/** A deployment is known everywhere within "a couple of seconds", says Cloudflare; and a page may be asked for by a machine far away. */
const TRIES = 10
const BETWEEN_MS = 2_000
const TIMEOUT_MS = 15_000

export interface SmokeInput {
  worker: string
  version: string
  /** Where the sites are seen. */
  origins: readonly string[]
  betweenMs?: number
}

/**
 * Asks the real hosts for what a visitor asks first, of this version alone, which need not answer anybody else. Null when all is well, else what was
 * wrong in one sentence. That it was this version which answered is said by the health page; a header that is not heard would test the old one.
 */
export async function smokeTest({ betweenMs = BETWEEN_MS, ...input }: SmokeInput): Promise<string | null> {
  let wrong: string | null = null
  for (let tries = 1; tries <= TRIES; tries++) {
    wrong = await wrongWith(input)
    if (wrong === null) return null
    if (tries < TRIES) await sleep(betweenMs)
  }
  return wrong
}

async function wrongWith({ worker, version, origins }: Omit<SmokeInput, 'betweenMs'>): Promise<string | null> {
  const headers = { 'cloudflare-workers-version-overrides': `${worker}="${version}"`, 'user-agent': 'weokto-stam deployment' }
  for (const origin of origins) {
    const ask = (path: string): Promise<Answer> => answerOf(origin + path, headers)
    const health = await ask('/api/health')
    if (health.status !== 200) return `${origin}/api/health answered ${health.status}`
    if (!health.text.includes(`"${version}"`)) return `${origin}/api/health was answered by another version`
    const me = await ask('/api/me')
    if (me.status !== 200) return `${origin}/api/me answered ${me.status}`
    const page = await ask('/')
    if (page.status !== 200 || !page.text.includes('id="app"')) return `${origin}/ answered ${page.status} and is no page of ours`
    const [script] = /\/assets\/[\w.-]+\.js/.exec(page.text) ?? []
    if (script === undefined) return `${origin}/ names no script`
    const file = await ask(script)
    if (file.status !== 200) return `${origin}${script} answered ${file.status}`
  }
  return null
}

interface Answer {
  /** 0 when nobody answered. */
  status: number
  text: string
}

async function answerOf(url: string, headers: Record<string, string>): Promise<Answer> {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return { status: response.status, text: await response.text() }
  } catch {
    return { status: 0, text: '' }
  }
}
