import { sql } from 'drizzle-orm'
import { setupState, type SetupState } from '#domain/identity/setup.ts'
import type { Config } from '#api/config.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'

/** What was opened stays so, and the question is asked by every visit of the first page: told once, the database is not asked again. */
const opened = new WeakSet<Config>()

/** Whether the business waits for its first owner. The back office is weokto.com's, and so is its opening. */
export async function showSetup(ctx: Ctx): Promise<{ state: SetupState }> {
  const { config } = ctx
  if (ctx.platform !== 'WEOKTO') return { state: 'closed' }
  if (!opened.has(config) && (await loadIsOpened(ctx))) opened.add(config)
  return { state: setupState(opened.has(config), config.SETUP_KEY !== undefined) }
}

/** Whether nobody owns the business yet: asked beside who is here, which is answered without the database where it can be, and so stands when it does not. */
export async function awaitsOwner(ctx: Ctx): Promise<boolean> {
  try {
    return (await showSetup(ctx)).state !== 'closed'
  } catch (error) {
    log(ctx, 'setup_unknown', { level: 'warn', message: briefOf(error) })
    return false
  }
}

/** Whether there is an owner, or ever was one. One round trip. */
export async function loadIsOpened({ db }: Pick<Ctx, 'db'>): Promise<boolean> {
  const { rows } = await db.execute<{ isOpened: boolean }>(
    sql`select exists (select from business_opening) or exists (select from weokto_users where "userType" = 'OWNER') as "isOpened"`,
  )
  return rows[0]?.isOpened === true
}
