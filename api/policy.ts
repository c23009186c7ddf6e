import { sql, type SQL } from 'drizzle-orm'
import { policies } from '#db/schema/all.ts'

/** What the owner stored as the version in force, as jsonb; null while there is none. */
export function policyInForce(now: Date): SQL {
  return sql`(select ${policies.json} from ${policies} where ${policies.validFrom} <= ${now.toISOString()}::timestamp order by ${policies.version} desc limit 1)`
}

/**
 * A count (1 to 100,000) of the version in force, for statements that need it before the policy has been read. As in `readPolicy`, a stored value
 * that is none leaves the default.
 */
export function policyCount(now: Date, path: readonly [group: string, key: string], fallback: number): SQL<number> {
  return sql<number>`(select case when value ~ '^([1-9][0-9]{0,4}|100000)$' then value::int else ${fallback} end
    from (select ${policyInForce(now)} #>> ${`{${path.join(',')}}`}::text[] as value) as stored)`
}
