import { Client } from 'pg'
import type { Environment } from '#dev/environment/environment.ts'

/** What the demo checks in the database itself, beside what a screen says. */
export async function saleOf(environment: Environment, email: string) {
  const [row] = await query<{
    id: string
    earnedAt: string
    lockedUntil: string
    extendedLockedUntil: string
    total: number
    main: number
    extended: number
    status: string
  }>(
    environment,
    `select c.id, c."earnedAt" || 'Z' as "earnedAt", c."lockedUntil" || 'Z' as "lockedUntil", c."extendedLockedUntil" || 'Z' as "extendedLockedUntil", c."totalAmount" as total, c."lockedAmount" as main, c."extendedLockAmount" as extended, c.status::text
     from affiliate_commissions c join customers k on k.id = c."customerId" join stam_users u on u.id = k."stamUserId" where u.email = $1`,
    [email],
  )
  if (!row) throw new Error(`${email} brought no commission.`)
  return {
    ...row,
    earnedAt: new Date(row.earnedAt),
    lockedUntil: new Date(row.lockedUntil),
    extendedLockedUntil: new Date(row.extendedLockedUntil),
  }
}

export async function commissionStatus(environment: Environment, id: string): Promise<string | undefined> {
  const [row] = await query<{ status: string }>(environment, 'select status::text from affiliate_commissions where id = $1', [id])
  return row?.status
}

export async function query<Row extends object>(environment: Environment, text: string, values: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: environment.adminUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
