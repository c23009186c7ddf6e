import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider, type AnyRouter } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLocale, useLocale } from '#web/data/locale.ts'
import type { RouterContext } from './context.ts'
import { watchPerson } from './watch-person.ts'

type SiteRouter = AnyRouter & { options: { context: RouterContext } }

/** A keyboard or a screen reader lands in the new page, not on the link that is gone. */
function focusNewPages(router: SiteRouter) {
  router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
    if (pathChanged && fromLocation) document.getElementById('main')?.focus({ preventScroll: true })
  })
}

function Site({ router }: { router: SiteRouter }) {
  // Texts are plain function calls: a new language draws the page anew, with the same data.
  const locale = useLocale()
  return (
    <QueryClientProvider client={router.options.context.queryClient}>
      <RouterProvider key={locale} router={router} />
    </QueryClientProvider>
  )
}

export function mount(router: SiteRouter) {
  startLocale()
  focusNewPages(router)
  watchPerson(router)
  const place = document.getElementById('app')
  if (!place) throw new Error('The page has no element #app to draw into.')
  createRoot(place).render(
    <StrictMode>
      <Site router={router} />
    </StrictMode>,
  )
}
