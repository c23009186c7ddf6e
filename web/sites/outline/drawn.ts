import { USER_TYPES } from '#domain/identity/enums.ts'
import { roleOn } from '#domain/access.ts'
import { mayOpen, railOf, type MenuPage, type Words } from '#web/shell/menu.ts'
import type { NavItem } from '#web/ui/app-shell.tsx'
import { pageList, type Page } from '#web/sites/page.ts'
import type { Site } from '#web/sites/site.ts'
import type { Outline, Viewer } from './outline.ts'

/** One page as it stands in the HTML for whoever comes with or without a session. */
export interface Drawn {
  /** The page that will open: of one that needs a session, whoever has none gets the page of signing in. */
  page: Page & MenuPage
  title: Words
  outline: Outline
  /** The page whose screens will be needed there. */
  opened: string
}

export function drawnOf({ pages }: Site, path: string, viewer: Viewer): Drawn {
  const asked = pageAt(pages, path)
  const page = viewer === 'member' || mayOpen(asked.access, null) ? asked : pageAt(pages, '/sign-in')
  if (viewer === 'visitor' || !page.forMembers) return { page, title: page.title, outline: page.outline, opened: page.path }
  const { title, leadsTo = path, ...outline } = page.forMembers
  return { page, title, outline, opened: leadsTo }
}

function pageAt(pages: Site['pages'], path: string): Page & MenuPage {
  const page = pages[path]
  if (!page) throw new Error(`There is no page ${path}.`)
  return { ...page, path }
}

/**
 * The doors that stand in the HTML of whoever brings a session: those that everybody has who may open the page, since nobody's role is known yet. Where
 * that says too little, or the doors hang on data, their place is kept.
 */
export function knownDoors({ name, pages, doors }: Site, { opened }: Drawn): readonly NavItem[] {
  if (doors) return []
  const list = pageList(pages)
  const roles = USER_TYPES.map((type) => roleOn(name, type)).filter((role) => mayOpen(pageAt(pages, opened).access, role))
  const [first = [], ...others] = roles.map((role) => railOf(list, role))
  const known = first.filter(({ href }) => others.every((rail) => rail.some((door) => door.href === href)))
  return known.length > 1 ? known : []
}
