import { permissionsOf } from '#domain/access.ts'
import type { Ctx } from '#api/context.ts'
import { awaitsOwner } from '#api/identity/setup/show-setup.ts'

/** Who the page is for. The SPA builds its menus from `permissions`; the API asks the same table again on every route. */
export async function showMe(ctx: Ctx) {
  const { actor } = ctx
  const base = { platform: ctx.platform, locale: ctx.locale, awaitsOwner: await awaitsOwner(ctx) }
  if (actor.kind !== 'user') return { ...base, user: null }
  return {
    ...base,
    user: {
      id: actor.userId,
      email: actor.email,
      displayName: actor.displayName,
      role: actor.role,
      permissions: [...permissionsOf(actor.role)],
      /** True while only one purchase is open to this browser, until the e-mail is confirmed. */
      emailUnconfirmed: actor.scopeCustomerId !== null,
    },
  }
}
