import './theme.css'
import { siteRouter } from '#web/sites/site-router.tsx'
import { mount } from '#web/shell/mount.tsx'
import { stamRoutes } from './routes.ts'
import { Mark } from './mark.tsx'
import { useNavigation } from './navigation.ts'

mount(siteRouter({ name: 'STAM', Mark, useNavigation }, stamRoutes))
