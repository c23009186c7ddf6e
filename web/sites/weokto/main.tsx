import './theme.css'
import { guildRoutes } from '#web/community/community/routes.ts'
import { siteRouter } from '#web/sites/site-router.tsx'
import { mount } from '#web/shell/mount.tsx'
import { adminRoutes } from './back-office-routes.ts'
import { affiliateRoutes } from './work-routes.ts'
import { publicRoutes } from './public-routes.ts'
import { Mark } from './mark.tsx'
import { useNavigation } from './navigation.ts'

mount(
  siteRouter({ name: 'WEOKTO', Mark, useNavigation }, (shell) => [
    ...publicRoutes(shell),
    ...affiliateRoutes(shell),
    ...adminRoutes(shell),
    ...guildRoutes(shell),
  ]),
)
