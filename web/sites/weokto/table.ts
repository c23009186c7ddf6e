import { accountPage, sharedPages } from '#web/sites/shared-pages.tsx'
import type { Site } from '#web/sites/site.ts'
import { workPages } from './work-pages.ts'
import { Mark } from './mark.tsx'
import { officePages } from './office-pages.ts'
import { publicPages } from './public-pages.ts'

const sign = { name: 'WEOKTO', Mark } as const

/** Every page of weokto.com, in the order of its menus. */
export const weoktoPages = {
  ...publicPages,
  ...workPages,
  ...officePages,
  ...accountPage(sign, { account: { icon: 'user' } }),
  ...sharedPages(sign),
}

export const weokto: Site = { ...sign, pages: weoktoPages }
