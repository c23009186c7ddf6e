import { guildRoutes } from '#web/community/community/routes.ts'
import { siteRouter } from '#web/sites/site-router.tsx'
import { adminRoutes } from './back-office-routes.ts'
import { Mark } from './mark.tsx'
import { useNavigation } from './navigation.ts'
import { publicRoutes } from './public-routes.ts'
import { affiliateRoutes } from './work-routes.ts'

export const weoktoRouter = () =>
  siteRouter({ name: 'WEOKTO', Mark, useNavigation }, (shell) => [
    ...publicRoutes(shell),
    ...affiliateRoutes(shell),
    ...adminRoutes(shell),
    ...guildRoutes(shell),
  ])
