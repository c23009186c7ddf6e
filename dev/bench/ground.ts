import { join } from 'node:path'
import { Client } from 'pg'
import { connect, type Db } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { startPostgres } from '#dev/environment/postgres.ts'
import type { Stack } from '#dev/environment/stack.ts'
import { startFront, type CountingFront } from './front.ts'

export interface Ground {
  databaseUrl: string
  front: CountingFront
  /** The application's own client. */
  db: Db
  /** The database's owner, straight on the server. */
  admin: Client
}

/** Between Neon's proxy and its database; a batch pays it for each statement, and twice more. On one machine there is none unless told. */
const TRIP_MS = Number(process.env['BENCH_TRIP_MS'] ?? 0)

/** A migrated, empty database as the product runs it: everything that was committed is on the disk. */
export async function layGround(folder: string, stack: Stack): Promise<Ground> {
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
  await stack.add(() => postgres.stop())
  const databaseUrl = `postgresql://weokto_app:weokto_app@127.0.0.1:${postgres.port}/bench`
  const server = new Client({ connectionString: postgres.adminUrl })
  await server.connect()
  await server.query('CREATE DATABASE bench')
  await server.end()
  await migrate({ adminUrl: postgres.urlOf('bench'), appUrl: databaseUrl })
  const admin = new Client({ connectionString: postgres.urlOf('bench') })
  await admin.connect()
  await stack.add(() => admin.end())
  const front = await startFront(stack, TRIP_MS)
  return { databaseUrl, front, db: connect({ databaseUrl, httpEndpoint: front.endpoint }), admin }
}
