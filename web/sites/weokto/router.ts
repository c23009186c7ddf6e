import { siteRouter } from '#web/sites/site-router.tsx'
import { weokto } from './table.ts'

export const weoktoRouter = () => siteRouter(weokto)
