import { parseUrl } from '#db/migrate/app-role.ts'
import { PlainError } from '#dev/plain-error.ts'

const NEON = /\.neon\.tech$/
const POOLER = /^([^.]+?)(-pooler)?\./

/**
 * Neon has two hosts for one database. A pool gives each transaction another session, so the lock and the settings of a migration would be lost there;
 * and without it, every request of the app would take one of the few connections (neon.com/docs/connect/connection-pooling).
 */
export function mustBeRightHosts({ adminUrl, appUrl }: { adminUrl: string; appUrl: string }): void {
  const [admin, app] = [hostOf('DATABASE_ADMIN_URL', adminUrl), hostOf('DATABASE_URL', appUrl)]
  if (admin.isPooled)
    throw new PlainError('Nothing was deployed: DATABASE_ADMIN_URL names a pool (-pooler), and migrations need the direct host.')
  if (app.isNeon && !app.isPooled)
    throw new PlainError(
      'Nothing was deployed: DATABASE_URL names the direct host, and the app needs the pool (the same host with -pooler).',
    )
  if (app.isNeon && admin.isNeon && app.endpoint !== admin.endpoint)
    throw new PlainError(
      `Nothing was deployed: DATABASE_ADMIN_URL names the compute ${admin.endpoint} and DATABASE_URL ${app.endpoint}; the app would not see what is migrated.`,
    )
}

function hostOf(name: string, value: string): { isNeon: boolean; isPooled: boolean; endpoint: string } {
  const { hostname } = parseUrl(name, value)
  const [, endpoint = hostname, pooler] = POOLER.exec(hostname) ?? []
  const isNeon = NEON.test(hostname)
  return { isNeon, isPooled: isNeon && pooler !== undefined, endpoint }
}
