import type { QueryClient } from '@tanstack/react-query'
import type { MenuPage } from './menu.ts'

/** What every route's guard and loader is given. */
export type RouterContext = {
  queryClient: QueryClient
  /** The site's pages, for the menus. */
  pages: readonly MenuPage[]
}
