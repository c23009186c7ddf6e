import { Client } from 'pg'
import { connect, type Db } from '#db/client.ts'
import { startDatabase } from '#dev/environment/database.ts'
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
  const front = await startFront(TRIP_MS)
  await stack.add(() => front.stop())
  const database = await startDatabase({ dataDir: folder, startFront: async () => front }, stack)
  const admin = new Client({ connectionString: database.adminUrl })
  await admin.connect()
  await stack.add(() => admin.end())
  return { databaseUrl: database.databaseUrl, front, db: connect(database), admin }
}
