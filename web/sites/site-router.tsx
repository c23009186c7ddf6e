/*
 * The map of both sites. Screens stand on their shelves; a file of routes hangs them in the frame that it is given:
 *
 *   1. web/sites/weokto/work-routes.ts
 *        createRoute({
 *          getParentRoute: () => shell,
 *          path: 'links',
 *          validateSearch: anySearch,                    // a list keeps its state in the address (useTableState)
 *          beforeLoad: mayDo('affiliation.links'),       // or signedIn, staffOnly, or `staticData: { isPublic: true }` for a public page
 *          loader: ({ context }) => context.queryClient.ensureQueryData(linksQuery),
 *          component: lazyRouteComponent(() => import('#web/affiliation/link/links-screen.tsx'), 'LinksScreen'),
 *        }),
 *   2. web/sites/<site>/router.ts hands the site's own routes to `siteRouter`; what both sites have stands below.
 *
 * The screen reads the same query with useSuspenseQuery(linksQuery): no loading branch, no `if (!data)`.
 * `shell` is the frame with the navigation, `checkout` the one for paying, which leads nowhere else.
 */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, Outlet, type AnyRoute } from '@tanstack/react-router'
import { meQuery } from '#web/data/me.ts'
import { accountQuery } from '#web/data/purchases.ts'
import { sessionsQuery } from '#web/data/sessions.ts'
import { confirmRoute, signInRoute } from '#web/identity/sign-in/routes.ts'
import { checkoutRoute, payRoute } from '#web/selling/checkout/routes.ts'
import { signedIn } from '#web/shell/guard.ts'
import { routerOptions } from '#web/shell/router-options.tsx'
import { anySearch } from '#web/shell/search.ts'
import { SiteFrame } from '#web/shell/site-frame.tsx'
import { elsewhereRoute, frameRoute, siteRoot, type Frame } from '#web/shell/site-tree.tsx'
import type { Site } from './site.ts'

/** The frame of every page of a site that knows who is here. */
function shellOf({ name, Mark, useNavigation }: Site) {
  return function Shell() {
    const { user } = useSuspenseQuery(meQuery).data
    return (
      <SiteFrame mark={<Mark />} name={name} user={user} nav={useNavigation(user)}>
        <Outlet />
      </SiteFrame>
    )
  }
}

/** One site's router: its own routes, and those that both have. */
export function siteRouter(site: Site, ownRoutes: (shell: Frame) => readonly AnyRoute[]) {
  const { name, Mark } = site
  // A plain link, so that it also works where the router failed.
  const brand = (
    <a className="ui-brand" href="/">
      <Mark />
      {name}
    </a>
  )
  const root = siteRoot()
  const shell = frameRoute(root, 'shell', shellOf(site), brand)
  const checkout = frameRoute(root, 'checkout', inFrame(site, importCheckoutFrame), brand)
  const shared = [
    elsewhereRoute(shell),
    createRoute({ getParentRoute: () => shell, ...signInRoute }),
    createRoute({ getParentRoute: () => shell, ...confirmRoute }),
    createRoute({
      getParentRoute: () => shell,
      path: 'account',
      beforeLoad: signedIn,
      loader: ({ context: { queryClient } }) =>
        Promise.all([queryClient.ensureQueryData(accountQuery), queryClient.ensureQueryData(sessionsQuery)]),
      component: lazyRouteComponent(async () => {
        const { AccountScreen } = await import('#web/overview/client/account-screen.tsx')
        return { default: () => <AccountScreen platform={name} /> }
      }),
    }),
  ]
  const paying = [
    createRoute({ getParentRoute: () => checkout, ...payRoute }),
    createRoute({ getParentRoute: () => checkout, ...checkoutRoute }),
  ]
  const styleguide = createRoute({
    getParentRoute: () => root,
    path: 'styleguide',
    validateSearch: anySearch,
    component: inFrame(site, importStyleguide),
  })
  return createRouter({
    ...routerOptions(),
    routeTree: root.addChildren([styleguide, checkout.addChildren(paying), shell.addChildren([...shared, ...ownRoutes(shell)])]),
  })
}

const importCheckoutFrame = async () => (await import('#web/selling/checkout/checkout-frame.tsx')).CheckoutFrame
const importStyleguide = async () => (await import('#web/styleguide/styleguide.tsx')).Styleguide

/** A page that is loaded when it is opened, under the name and the sign of the site. */
function inFrame({ name, Mark }: Site, importPage: () => Promise<(props: { mark: React.ReactNode; name: string }) => React.ReactNode>) {
  return lazyRouteComponent(async () => {
    const Page = await importPage()
    return { default: () => <Page mark={<Mark />} name={name} /> }
  })
}
