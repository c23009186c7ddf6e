import type { ErrorRouteComponent, ResolveParams, RouteComponent } from '@tanstack/react-router'
import type { RouterContext } from '#web/shell/context.ts'
import type { MenuPage, Words } from '#web/shell/menu.ts'
import type { Outline } from './outline/outline.ts'

/** What a page is opened with. */
export interface Visit<Path extends string = string> {
  context: RouterContext
  params: ResolveParams<Path>
  location: { href: string; search: Record<string, unknown> }
}

/**
 * One page: a line of its site's table, and everything that is known of it but its screen. Its guard, the menus, the HTML that stands before the
 * program and what that HTML has the browser ask for are made from this line.
 */
export interface Page<Path extends string = string> extends Omit<MenuPage, 'path'> {
  outline: Outline
  /** What whoever brings a session sees there before the program, where that is another page. */
  forMembers?: Outline & {
    title: Words
    /** The page it leads on to: the outline needs that page's styles, and the browser will need its screens. */
    leadsTo?: string
  }
  /** Paying has a frame that leads nowhere else; the style guide has its own. */
  frame?: 'checkout' | 'none'
  /** After the guard: sends on whoever has no business here. */
  before?(this: void, visit: Visit<Path>): unknown
  /** Begins what the screen will ask for; what is awaited here is there when it opens. */
  load?(this: void, visit: Visit<Path>): unknown
  screen: RouteComponent
  /** What stands there when it cannot be opened. */
  problem?: ErrorRouteComponent
}

/** The table of a site, by paths in the router's spelling; menus keep its order. */
export type Pages<Path extends string = string> = { readonly [P in Path]: Page<P> }

/** Has each line know its own path: `params` are those that the path names. */
export const pages = <Path extends string>(table: Pages<Path>): Pages<Path> => table

export function pageList(table: Pages): readonly (Page & MenuPage)[] {
  return Object.entries(table).map(([path, page]) => ({ ...page, path }))
}
