import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#db/id.ts'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import type { TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The app with its pages. */
export async function startPagesSite(database: Parameters<typeof startSite>[0], distDir: string): Promise<Site> {
  const site = await startSite(database)
  site.services.runtime.asset = async (_request, path) => {
    try {
      return new Response(await readFile(join(distDir, path)), {
        headers: { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  }
  return site
}

/** A window of its own for somebody who is signed in. */
export async function windowOf(
  browser: Browser,
  site: Site,
  database: Pick<TestDatabase, 'db'>,
  person: { platform: Platform; userId: string },
  size = { width: 1440, height: 900 },
): Promise<Page> {
  const { config } = site.services
  const token = randomToken()
  const now = new Date()
  const row = {
    id: newId(),
    userId: person.userId,
    token: await sha256Hex(token),
    createdAt: now,
    authenticatedAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  }
  await database.db.insert(person.platform === 'WEOKTO' ? weoktoSessions : stamSessions).values(row)
  const origin = person.platform === 'WEOKTO' ? config.WEOKTO_ORIGIN : config.STAM_ORIGIN
  const context = await browser.newContext({ baseURL: origin, viewport: size, locale: 'fr-FR' })
  await context.addCookies([{ name: 'session', value: token, url: origin }])
  return context.newPage()
}
