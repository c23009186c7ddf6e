import { existsSync, readFileSync } from 'node:fs'
import { Client } from 'pg'
import * as z from 'zod/mini'
import { describeBreach, verifyLedger } from './verify.ts'
import { INVARIANTS } from './invariants.ts'

/** Written by `npm start`, so that this command finds the database that runs on this machine. */
const RUN_FILE = new URL('../../.data/run.json', import.meta.url)

/** `npm run ledger:verify`: one line per invariant, the offending rows under it, exit code 1 when one is broken. */
const databaseUrl = process.env.DATABASE_URL ?? runningDatabaseUrl()
if (!databaseUrl) {
  console.error('No database: set DATABASE_URL, or start the project first.')
  process.exitCode = 1
} else {
  process.exitCode = await report(databaseUrl)
}

function runningDatabaseUrl(): string | undefined {
  if (!existsSync(RUN_FILE)) return undefined
  return z.object({ databaseUrl: z.string() }).parse(JSON.parse(readFileSync(RUN_FILE, 'utf8'))).databaseUrl
}

async function report(connectionString: string): Promise<number> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    // One snapshot for all of them, so that writers at work do not look like breaches.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const breaches = await verifyLedger(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows)
    for (const { name, says } of INVARIANTS) {
      const breach = breaches.find(({ invariant }) => invariant === name)
      console.log(breach ? describeBreach(breach) : `${name} ok: ${says}`)
    }
    return breaches.length === 0 ? 0 : 1
  } finally {
    await client.end()
  }
}
