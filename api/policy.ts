import { desc, lte, sql, type SQL } from 'drizzle-orm'
import { policies } from '#db/schema/all.ts'
import { DEFAULT_POLICY, type Policy } from '#domain/base/policy.ts'
import { readPolicy } from '#domain/base/read-policy.ts'
import type { Ctx } from './context.ts'
import { log } from './log.ts'

/** What the owner stored as the version in force, as jsonb; null while there is none. */
export function policyInForce(now: Date): SQL {
  return sql`(select ${policies.json} from ${policies} where ${policies.validFrom} <= ${now.toISOString()}::timestamp order by ${policies.version} desc limit 1)`
}

/**
 * A count (1 to 100,000) of the version in force, for statements that need it before the policy has been read. As in `readPolicy`, a stored value
 * that is none leaves the default.
 */
export function policyCount(now: Date, path: readonly [group: string, key: string], fallback: number): SQL<number> {
  return sql<number>`policy_count(${now.toISOString()}::timestamp, ${`{${path.join(',')}}`}::text[], ${fallback})`
}

export function selectPolicy(ctx: Ctx) {
  return ctx.db.select().from(policies).where(lte(policies.validFrom, ctx.now)).orderBy(desc(policies.version)).limit(1)
}

/** The policy in force, or the default one while the owner has made none. The row's own version and date are the ones that count. */
export function policyOf(row: typeof policies.$inferSelect | null | undefined): Policy {
  if (!row) return DEFAULT_POLICY
  const { version, validFrom, json } = row
  const { policy, ignored } = readPolicy(json)
  if (ignored.length > 0) tellIgnored(version, ignored)
  return { ...policy, version, validFrom: validFrom.toISOString() }
}

const told = new Set<number>()

/** Once per process and version, because every sale reads it. */
function tellIgnored(version: number, ignored: readonly string[]): void {
  if (told.has(version)) return
  told.add(version)
  log(null, 'policy_ignored', { version, ignored })
}
