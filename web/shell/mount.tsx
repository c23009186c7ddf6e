import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLocale } from '#web/data/locale.ts'
import { keepPlace, SitePage, type SiteRouter } from './site-page.tsx'

/** A keyboard or a screen reader lands in the new page, not on the link that is gone. */
function focusNewPages(router: SiteRouter) {
  router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
    const main = document.getElementById('main')
    // A page that has put the focus where it is needed, in the field of a mailed code, keeps it.
    if (pathChanged && fromLocation && !main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
  })
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
  keepPlace()
  createRoot(place).render(
    <StrictMode>
      <SitePage router={router} />
    </StrictMode>,
  )
  // What may change who is here takes longer than the first page does.
  void import('./watch-person.ts').then(({ watchPerson }) => watchPerson(router))
}
