import { newId } from '#db/id.ts'
import { connect } from '#db/client.ts'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { asking } from '#dev/environment/database.ts'
import type { Environment } from '#dev/environment/environment.ts'

export interface PageToOpen {
  site: 'weokto' | 'stam'
  path: string
  /** Whose session the browser brings; nobody's when it is null. */
  as: 'visitor' | 'affiliate' | 'owner' | 'client'
}

/** The pages that are opened cold: what anybody reads, and where each role begins its day. */
export const PAGES: readonly PageToOpen[] = [
  ...['/', '/how', '/guilds', '/sign-in'].map((path) => ({ site: 'weokto', path, as: 'visitor' }) as const),
  ...['/home', '/marketplace', '/links', '/commissions', '/ledger', '/communities/guilde-marketing'].map(
    (path) => ({ site: 'weokto', path, as: 'affiliate' }) as const,
  ),
  ...['/admin', '/admin/sales'].map((path) => ({ site: 'weokto', path, as: 'owner' }) as const),
  ...['/', '/sign-in', '/pay/{button}'].map((path) => ({ site: 'stam', path, as: 'visitor' }) as const),
  ...['/', '/account', '/c/atelier-levain/bienvenue'].map((path) => ({ site: 'stam', path, as: 'client' }) as const),
]

const PEOPLE = {
  affiliate: `SELECT u.id FROM weokto_users u JOIN affiliate_links l ON l."affiliateId" = u.id WHERE u."userType" = 'AFFILIATE' GROUP BY u.id ORDER BY count(*) DESC, u.id LIMIT 1`,
  owner: `SELECT id FROM weokto_users WHERE "userType" = 'OWNER' ORDER BY "createdAt" LIMIT 1`,
  client: `SELECT m."stamUserId" AS id FROM community_members m JOIN communities c ON c.id = m."communityId" WHERE m."stamUserId" IS NOT NULL
           GROUP BY 1 HAVING bool_or(c.slug = 'atelier-levain') ORDER BY count(*) DESC, 1 LIMIT 1`,
} as const
const BUTTON = `SELECT "buttonKey" AS id FROM manual_payment_buttons b JOIN plans p ON p.id = b."planId" WHERE p.slug = 'atelier-levain-mensuel'`

export type Sessions = Readonly<Record<keyof typeof PEOPLE, string>>

/** One person of each role from the demo, signed in, and the address of one payment button. */
export async function readyPeople(environment: Environment): Promise<{ sessions: Sessions; button: string }> {
  const { databaseUrl, httpEndpoint, adminUrl } = environment
  const db = connect({ databaseUrl, httpEndpoint })
  const idBy = (sql: string): Promise<string> =>
    asking(adminUrl, async (client) => String((await client.query<{ id: string }>(sql)).rows[0]?.id))
  const signIn = async (role: keyof typeof PEOPLE): Promise<string> => {
    const token = randomToken()
    const now = new Date()
    const stamps = { createdAt: now, authenticatedAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + 3_600_000) }
    const row = { id: newId(), userId: await idBy(PEOPLE[role]), token: await sha256Hex(token), ...stamps }
    await db.insert(role === 'client' ? stamSessions : weoktoSessions).values(row)
    return token
  }
  const sessions = { affiliate: await signIn('affiliate'), owner: await signIn('owner'), client: await signIn('client') }
  return { sessions, button: await idBy(BUTTON) }
}
