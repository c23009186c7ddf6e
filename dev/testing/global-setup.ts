import type { TestProject } from 'vitest/node'
import { asking, startDatabase } from '#dev/environment/database.ts'
import { Stack } from '#dev/environment/stack.ts'
import { temporaryFolder } from '#dev/environment/temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL; its path is the database "postgres". */
    adminUrl: string
    /** The app role's URL of the template database: replace its path by a database of your own. */
    appUrl: string
    /** Where Neon's HTTP protocol is spoken for every database of this run. */
    httpEndpoint: string
    /** A migrated database that nobody connects to: copy it with CREATE DATABASE … TEMPLATE. */
    templateName: string
  }
}

const TEMPLATE = 'weokto_template'

/** One PostgreSQL and one HTTP front for the whole run, in a temporary folder that goes away with it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stack = new Stack()
  try {
    const database = await startDatabase({ dataDir: await temporaryFolder('test', stack), fast: true, name: TEMPLATE }, stack)
    // Nearly every test is of a platform that has long had its owner, even where it needs none; what is about opening it takes this row away.
    await asking(database.adminUrl, (admin) => admin.query(`INSERT INTO business_opening ("openedAt") VALUES ('2026-01-01')`))
    const serverUrl = new URL('/postgres', database.adminUrl).href
    // Copying a database is refused while anybody is connected to it, so the finished template lets nobody in.
    await asking(serverUrl, (admin) => admin.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`))
    project.provide('adminUrl', serverUrl)
    project.provide('appUrl', database.databaseUrl)
    project.provide('httpEndpoint', database.httpEndpoint)
    project.provide('templateName', TEMPLATE)
  } catch (error) {
    await stack.unwind()
    throw error
  }
  return () => stack.unwind()
}
