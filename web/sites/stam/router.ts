import { siteRouter } from '#web/sites/site-router.tsx'
import { stam } from './table.ts'

export const stamRouter = () => siteRouter(stam)
