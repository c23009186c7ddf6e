import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#db/migrate.ts'
import { startPostgres } from '#dev/environment/postgres.ts'
import { startNeonHttp } from '#dev/stand-ins/neon/server.ts'

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
  const folder = mkdtempSync(join(tmpdir(), 'weokto-test-'))
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
  const tearDown = async (): Promise<void> => {
    for (const stop of stops.splice(0).toReversed()) await stop()
  }
  try {
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), fast: true })
    stops.push(() => postgres.stop())
    const front = await startNeonHttp()
    stops.push(() => front.stop())
    const appUrl = `postgresql://weokto_app:weokto_app@127.0.0.1:${postgres.port}/${TEMPLATE}`
    await buildTemplate(postgres.adminUrl, postgres.urlOf(TEMPLATE), appUrl)
    project.provide('adminUrl', postgres.adminUrl)
    project.provide('appUrl', appUrl)
    project.provide('httpEndpoint', front.endpoint)
    project.provide('templateName', TEMPLATE)
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

/** Copying a database is refused while anybody is connected to it, so the finished template lets nobody in. */
async function buildTemplate(adminUrl: string, templateAdminUrl: string, appUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${TEMPLATE}`)
    await migrate({ adminUrl: templateAdminUrl, appUrl })
    await admin.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`)
  } finally {
    await admin.end()
  }
}
