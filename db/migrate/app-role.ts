import { setTimeout as sleep } from 'node:timers/promises'
import { escapeIdentifier, escapeLiteral, type Client } from 'pg'
import { codeOf, MigrationError, messageOf } from './error.ts'

/** The name that the migrations grant to. */
export const APP_ROLE = 'weokto_app'

export interface AppCredentials {
  user: string
  password: string
}

/** What the application signs in with. It must not be the owner: the owner may change the ledger. */
export function appCredentials(appUrl: string): AppCredentials {
  const url = parseUrl('DATABASE_URL', appUrl)
  const user = decodeURIComponent(url.username)
  const password = decodeURIComponent(url.password)
  if (user !== APP_ROLE) throw new MigrationError(`The application signs in as ${APP_ROLE}, and DATABASE_URL names the role "${user}".`)
  if (password === '') throw new MigrationError(`DATABASE_URL gives no password for the role ${APP_ROLE}.`)
  return { user, password }
}

export function parseUrl(name: string, value: string): URL {
  const url = URL.parse(value)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
    throw new MigrationError(`${name} is not the address of a PostgreSQL database (postgresql://user:password@host/database).`)
  return url
}

/**
 * How long the application may hold a connection up, whatever it asked: a statement, a wait for somebody else's row, a transaction that nobody goes
 * on with. They stand on the role, because a pool gives each transaction another session. The app gives a whole call up after that
 * (`CALL_TIMEOUT_MS`), so that the database says no before nobody listens any more.
 */
export const ROLE_TIMEOUTS = {
  statement_timeout: '20s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '1min',
} as const

const TRIES = 5

/** Makes the role or gives it the password of the URL. Roles belong to the whole server, so another database may be at it too. */
export async function ensureAppRole(client: Client, credentials: AppCredentials): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await writeAppRole(client, credentials)
    } catch (error) {
      if (codeOf(error) === '42501') throw new MigrationError(`The owner's role may not make the role ${APP_ROLE}: ${messageOf(error)}.`)
      const isRace = ['42710', '23505', 'XX000'].includes(codeOf(error))
      if (!isRace || tries === TRIES) throw error
      await sleep(50 * tries)
    }
  }
}

async function writeAppRole(client: Client, { user, password }: AppCredentials): Promise<void> {
  const role = escapeIdentifier(user)
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user])
  if (rowCount === 0) await client.query(`CREATE ROLE ${role}`)
  await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${escapeLiteral(password)}`)
  const settings = Object.entries({ timezone: 'UTC', ...ROLE_TIMEOUTS })
  for (const [name, value] of settings) await client.query(`ALTER ROLE ${role} SET ${name} TO ${escapeLiteral(value)}`)
}
