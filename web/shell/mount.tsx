import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider, type AnyRouter } from '@tanstack/react-router'
import { StrictMode, useLayoutEffect, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLocale, useLocale } from '#web/data/locale.ts'
import type { RouterContext } from './context.ts'

type SiteRouter = AnyRouter & { options: { context: RouterContext } }

/** A keyboard or a screen reader lands in the new page, not on the link that is gone. */
function focusNewPages(router: SiteRouter) {
  router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
    const main = document.getElementById('main')
    // A page that has put the focus where it is needed, in the field of a mailed code, keeps it.
    if (pathChanged && fromLocation && !main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
  })
}

let keptPlace: number[] = []

/** The page in another language has the same shape: whoever chose it goes on from the same place in it. */
function KeepPlace({ children }: { children: ReactNode }) {
  useLayoutEffect(() => {
    const element = keptPlace.reduce<Element | undefined>((parent, index) => parent?.children[index], document.documentElement)
    if (element instanceof HTMLElement) element.focus({ preventScroll: true })
    return () => {
      keptPlace = placeOf(document.activeElement)
    }
  }, [])
  return children
}

/** Which child of which parent it is, from the root down. */
function placeOf(element: Element | null): number[] {
  const parent = element?.parentElement
  return element && parent ? [...placeOf(parent), [...parent.children].indexOf(element)] : []
}

function Site({ router }: { router: SiteRouter }) {
  // Texts are plain function calls: a new language draws the page anew, with the same data.
  const locale = useLocale()
  return (
    <QueryClientProvider client={router.options.context.queryClient}>
      <KeepPlace key={locale}>
        <RouterProvider router={router} />
      </KeepPlace>
    </QueryClientProvider>
  )
}

/** After this the page draws itself as far as it is, and says what it waits for. */
const OUTLINE_STANDS_MS = 10_000

/**
 * The HTML shows the page's outline. It stays until the page itself can take its place in one step, with its data and its words: nothing blinks and
 * nothing moves.
 */
async function firstPage(router: SiteRouter): Promise<void> {
  const enough = new Promise<void>((resolve) => void setTimeout(resolve, OUTLINE_STANDS_MS))
  // What fails is drawn by the router, in its place on the page.
  await Promise.race([router.load().catch(() => undefined), enough])
}

export async function mount(router: SiteRouter): Promise<void> {
  startLocale()
  focusNewPages(router)
  const place = document.getElementById('app')
  if (!place) throw new Error('The page has no element #app to draw into.')
  await firstPage(router)
  createRoot(place).render(
    <StrictMode>
      <Site router={router} />
    </StrictMode>,
  )
  // What may change who is here takes longer than the first page does.
  void import('./watch-person.ts').then(({ watchPerson }) => watchPerson(router))
}
