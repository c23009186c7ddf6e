/*
 * The map of both sites. A page is a line of its site's table (`<site>/table.ts` and its parts; what both have, in `shared-pages.tsx`) and a screen on its shelf:
 *
 *   '/links': {
 *     access: 'affiliation.links',                        // who may open it, as the API asks; or public, open, signed-in, staff
 *     title: m.affiliation_links_title,
 *     menus: { rail: { icon: 'link' } },                  // where it shows; each menu keeps the table's order
 *     outline: { shape: 'list', lead: m.affiliation_links_lead },
 *     load: ({ context }) => void context.queryClient.prefetchQuery(linksQuery({ page: 1 })),
 *     screen: lazyRouteComponent(() => import('#web/affiliation/link/links-screen.tsx'), 'LinksScreen'),
 *   },
 *
 * The screen reads the same query with useSuspenseQuery(linksQuery): no loading branch, no `if (!data)`. A list keeps its state in the address.
 */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, Outlet, type AnyRoute } from '@tanstack/react-router'
import { meQuery } from '#web/data/me.ts'
import { guard } from '#web/shell/guard.ts'
import { railOf } from '#web/shell/menu.ts'
import { routerOptions } from '#web/shell/router-options.tsx'
import { anySearch } from '#web/shell/search.ts'
import { SiteFrame } from '#web/shell/site-frame.tsx'
import { frameRoute, siteRoot } from '#web/shell/site-tree.tsx'
import './links.ts'
import { pageList, type Page } from './page.ts'
import type { Site } from './site.ts'

/** The frame of every page of a site that knows who is here. */
function shellOf({ name, Mark, pages, doors }: Site) {
  const list = pageList(pages)
  const useDoors = doors?.useDoors ?? ((_, own) => own)
  return function Shell() {
    const { user } = useSuspenseQuery(meQuery).data
    return (
      <SiteFrame mark={<Mark />} name={name} user={user} nav={useDoors(user, railOf(list, user?.role ?? null))}>
        <Outlet />
      </SiteFrame>
    )
  }
}

/** The frame of paying, which is loaded when somebody pays. */
const checkoutFrameOf = ({ name, Mark }: Site) =>
  lazyRouteComponent(async () => {
    const { CheckoutFrame } = await import('#web/selling/checkout/checkout-frame.tsx')
    return { default: () => <CheckoutFrame mark={<Mark />} name={name} /> }
  })

/** One site's router, made from its table. */
export function siteRouter(site: Site) {
  const { name, Mark, pages, doors } = site
  const list = pageList(pages)
  // A plain link, so that it also works where the router failed.
  const brand = (
    <a className="ui-brand" href="/">
      <Mark />
      {name}
    </a>
  )
  const root = siteRoot()
  const frames = {
    shell: frameRoute(root, { id: 'shell', component: shellOf(site), brand, ...(doors && { load: doors.load }) }),
    checkout: frameRoute(root, { id: 'checkout', component: checkoutFrameOf(site), brand }),
    none: root,
  }
  const routesIn = (frame: NonNullable<Page['frame']> | 'shell') =>
    list.flatMap((page) => ((page.frame ?? 'shell') === frame ? [routeOf(frames[frame], page.path, page)] : []))
  return createRouter({
    ...routerOptions(list),
    routeTree: root.addChildren([
      ...routesIn('none'),
      frames.checkout.addChildren(routesIn('checkout')),
      frames.shell.addChildren(routesIn('shell')),
    ]),
  })
}

function routeOf(parent: AnyRoute, path: string, { access, before, load, screen, problem }: Page) {
  return createRoute({
    getParentRoute: () => parent,
    path,
    validateSearch: anySearch,
    beforeLoad: async (visit) => {
      await guard(access, visit)
      await before?.(visit)
    },
    ...(load && { loader: load }),
    component: screen,
    ...(problem && { errorComponent: problem }),
  })
}
