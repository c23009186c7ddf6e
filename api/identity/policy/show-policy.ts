import { publicPolicy } from '#domain/base/public-policy.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'

/** The rules in force, as far as anybody may read them: pages and calculators ask for these and never show a default. */
export async function showPolicy(ctx: Ctx) {
  const [row] = await selectPolicy(ctx)
  return publicPolicy(policyOf(row))
}
