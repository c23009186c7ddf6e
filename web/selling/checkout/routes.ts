import { lazyRouteComponent, redirect } from '@tanstack/react-router'
import { checkoutQuery, offerQuery } from '#web/data/checkout.ts'
import type { RouterContext } from '#web/shell/context.ts'
import { anySearch, textOf } from '#web/shell/search.ts'

/** A payment button's page: `createRoute({ getParentRoute: () => checkout, ...payRoute })`. */
export const payRoute = {
  path: 'pay/$buttonKey',
  validateSearch: anySearch,
  loader: ({ context, params }: { context: RouterContext; params: { buttonKey: string } }) =>
    context.queryClient.ensureQueryData(offerQuery(params.buttonKey)),
  component: lazyRouteComponent(() => import('./pay-screen.tsx'), 'PayScreen'),
  errorComponent: lazyRouteComponent(() => import('./pay-problem.tsx'), 'PayProblem'),
} as const

/** The order that it begins. */
export const checkoutRoute = {
  path: 'checkout/$id',
  validateSearch: anySearch,
  beforeLoad: dropForeignSearch,
  loader: ({ context, params }: { context: RouterContext; params: { id: string } }) =>
    context.queryClient.fetchQuery(checkoutQuery(params.id)),
  component: lazyRouteComponent(() => import('./checkout-screen.tsx'), 'CheckoutScreen'),
  errorComponent: lazyRouteComponent(() => import('./checkout-problem.tsx'), 'CheckoutProblem'),
} as const

/** What the bank or the processor hangs on the address is not believed and does not stay in the history; only our own key does. */
function dropForeignSearch({ search, params }: { search: Record<string, unknown>; params: { id: string } }) {
  const card = textOf(search, 'card')
  const own = card === undefined ? {} : { card }
  if (Object.keys(search).length === Object.keys(own).length) return
  throw redirect({ to: '/checkout/$id', params, search: own, replace: true })
}
