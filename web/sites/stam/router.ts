import { siteRouter } from '#web/sites/site-router.tsx'
import { Mark } from './mark.tsx'
import { useNavigation } from './navigation.ts'
import { stamRoutes } from './routes.ts'

export const stamRouter = () => siteRouter({ name: 'STAM', Mark, useNavigation }, stamRoutes)
