import { Client, Pool, types, type CustomTypesConfig, type QueryResultRow } from 'pg'
import { inject } from 'vitest'
import { newId } from './id.ts'
import { connect, type Db } from './client.ts'

export interface TestDatabase {
  /** The application's own client, in its own role, through HTTP. */
  db: Db
  databaseUrl: string
  httpEndpoint: string
  /** Runs SQL as the owner, straight on the server: for what the application may not do. */
  admin: <T extends QueryResultRow>(text: string, values?: unknown[]) => Promise<T[]>
  close(): Promise<void>
}

const TIMESTAMP: number = types.builtins.TIMESTAMP

/** The driver reads a timestamp in the machine's own time zone; every one of ours is UTC. */
const inUtc: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === TIMESTAMP ? (value: string) => new Date(`${value.replace(' ', 'T')}Z`) : types.getTypeParser(oid, format),
}

const at = (url: string, database: string): string => {
  const copy = new URL(url)
  copy.pathname = `/${database}`
  return copy.href
}

/** A fresh, migrated, empty database for one test file. `close()` it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${newId()}`
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${inject('templateName')}`))
  const owner = new Pool({ connectionString: at(inject('adminUrl'), name), options: '-c timezone=UTC', max: 4, types: inUtc })
  // A pool says it has ended while its connections still close; dropping the database then cuts them, which is no failure.
  owner.on('error', () => undefined)
  const databaseUrl = at(inject('appUrl'), name)
  const httpEndpoint = inject('httpEndpoint')
  return {
    db: connect({ databaseUrl, httpEndpoint }),
    databaseUrl,
    httpEndpoint,
    admin: async <T extends QueryResultRow>(text: string, values?: unknown[]) => (await owner.query<T>(text, values)).rows,
    close: async () => {
      await owner.end()
      await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`))
    },
  }
}

async function onServer(run: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: inject('adminUrl') })
  await client.connect()
  try {
    await run(client)
  } finally {
    await client.end()
  }
}
