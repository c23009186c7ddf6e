import type { Db } from '#db/client.ts'
import { stamSessions } from '#db/schema/all.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import { makeClient } from './people.ts'
import { testContext } from './services.ts'
import type { Site } from './site.ts'

/** A client of be-stam.com who is signed in, in a browser of their own: no checkout asks them for a code. */
export async function signedInClient(db: Db, site: Site) {
  const client = await makeClient(db)
  const { token, row } = await newSession(testContext(site.services, new Date()), client.id)
  await db.insert(stamSessions).values(row)
  const buyer = site.stam()
  buyer.cookies.set('session', token)
  return { client, buyer }
}
