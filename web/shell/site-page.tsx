import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider, type AnyRouter } from '@tanstack/react-router'
import { useLayoutEffect, type ReactNode } from 'react'
import { useLocale } from '#web/data/locale.ts'
import type { RouterContext } from './context.ts'

export type SiteRouter = AnyRouter & { options: { context: RouterContext } }

let keptPlace: number[] = []

/** The page in another language has the same shape: whoever chose it goes on from the same place in it. */
function KeepPlace({ children }: { children: ReactNode }) {
  useLayoutEffect(() => {
    const element = keptPlace.reduce<Element | undefined>((parent, index) => parent?.children[index], document.documentElement)
    if (element instanceof HTMLElement) element.focus({ preventScroll: true })
    return keepPlace
  }, [])
  return children
}

/** What is drawn anew goes on where the focus is now: in another language, or where the page takes the place of its outline. */
export function keepPlace(): void {
  keptPlace = placeOf(document.activeElement)
}

/** Which child of which parent it is, from the root down. */
function placeOf(element: Element | null): number[] {
  const parent = element?.parentElement
  return element && parent ? [...placeOf(parent), [...parent.children].indexOf(element)] : []
}

/** A site as it is drawn, in the browser and while it is built. */
export function SitePage({ router }: { router: SiteRouter }) {
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
