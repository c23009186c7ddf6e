import './theme.css'
import { guildRoutes } from '#web/community/community/routes.ts'
import { siteRouter } from '#web/sites/site-router.tsx'
import { mount } from '#web/shell/mount.tsx'
import { adminRoutes } from './admin-routes.ts'
import { affiliateRoutes } from './affiliate-routes.ts'
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
