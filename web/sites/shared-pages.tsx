import { lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { safePath } from '#domain/base/origin.ts'
import { checkoutQuery, offerQuery } from '#web/data/checkout.ts'
import { meQuery } from '#web/data/me.ts'
import { accountQuery } from '#web/data/purchases.ts'
import { sessionsQuery } from '#web/data/sessions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Menus } from '#web/shell/menu.ts'
import { NotFound } from '#web/shell/problem.tsx'
import { textOf } from '#web/shell/search.ts'
import { pages, type Visit } from './page.ts'
import type { Sign } from './site.ts'

/**
 * Who is in already goes on. A browser that is limited to one purchase may sign in for the whole account, and whoever was refused because they proved
 * who they are too long ago comes here to do it again.
 */
async function visitorsOnly({ context, location }: Visit) {
  if (textOf(location.search, 'again') !== undefined) return
  const { user } = await context.queryClient.ensureQueryData(meQuery)
  if (user && !user.emailUnconfirmed) throw redirect({ href: safePath(textOf(location.search, 'next')) ?? '/', replace: true })
}

/** What the bank or the processor hangs on the address is not believed and does not stay in the history; only our own key does. */
function dropForeignSearch({ location: { search }, params }: Visit<'/checkout/$id'>) {
  const card = textOf(search, 'card')
  const own = card === undefined ? {} : { card }
  if (Object.keys(search).length === Object.keys(own).length) return
  throw redirect({ to: '/checkout/$id', params, search: own, replace: true })
}

/** A page that stands under the name and the sign of the site. */
function underSign({ name, Mark }: Sign, importPage: () => Promise<(props: { mark: ReactNode; name: string }) => ReactNode>) {
  return lazyRouteComponent(async () => {
    const Page = await importPage()
    return { default: () => <Page mark={<Mark />} name={name} /> }
  })
}

/** One's own account, in the menus that the site has it in. */
export function accountPage({ name }: Sign, menus: Menus) {
  return pages({
    '/account': {
      access: 'signed-in',
      title: m.base_account,
      menus,
      outline: { shape: 'list' },
      load: ({ context: { queryClient } }) =>
        Promise.all([queryClient.ensureQueryData(accountQuery), queryClient.ensureQueryData(sessionsQuery)]),
      screen: lazyRouteComponent(async () => {
        const { AccountScreen } = await import('#web/overview/client/account-screen.tsx')
        return { default: () => <AccountScreen platform={name} /> }
      }),
    },
  })
}

/** Pages that both sites have and anybody may open. */
export function sharedPages(sign: Sign) {
  return pages({
    '/sign-in': {
      access: 'open',
      title: m.base_sign_in,
      outline: { shape: 'form', lead: m.identity_signin_lead },
      before: visitorsOnly,
      screen: lazyRouteComponent(() => import('#web/identity/sign-in/sign-in-screen.tsx'), 'SignInScreen'),
    },
    '/sign-in/confirm': {
      access: 'open',
      title: m.base_sign_in,
      outline: { shape: 'form', ownHeading: true },
      screen: lazyRouteComponent(() => import('#web/identity/sign-in/confirm-screen.tsx'), 'ConfirmScreen'),
    },
    '/pay/$buttonKey': {
      access: 'open',
      title: m.selling_checkout_order_title,
      frame: 'checkout',
      outline: { shape: 'order' },
      load: ({ context, params }) => context.queryClient.ensureQueryData(offerQuery(params.buttonKey)),
      screen: lazyRouteComponent(() => import('#web/selling/checkout/pay-screen.tsx'), 'PayScreen'),
      problem: lazyRouteComponent(() => import('#web/selling/checkout/pay-problem.tsx'), 'PayProblem'),
    },
    '/checkout/$id': {
      access: 'open',
      title: m.selling_checkout_order_title,
      frame: 'checkout',
      outline: { shape: 'form', ownHeading: true },
      before: dropForeignSearch,
      load: ({ context, params }) => context.queryClient.fetchQuery(checkoutQuery(params.id)),
      screen: lazyRouteComponent(() => import('#web/selling/checkout/checkout-screen.tsx'), 'CheckoutScreen'),
      problem: lazyRouteComponent(() => import('#web/selling/checkout/checkout-problem.tsx'), 'CheckoutProblem'),
    },
    '/styleguide': {
      access: 'open',
      title: m.styleguide_title,
      frame: 'none',
      outline: { shape: 'text', lead: m.styleguide_lead },
      screen: underSign(sign, async () => (await import('#web/styleguide/styleguide.tsx')).Styleguide),
    },
    // Any other address: said within the frame, so that every way on is still there.
    '/$': { access: 'open', title: m.base_not_found_title, outline: { shape: 'missing' }, screen: NotFound },
  })
}
