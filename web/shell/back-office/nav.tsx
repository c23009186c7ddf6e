import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { meQuery } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { menuOf } from '../menu.ts'

/** Only what this person may open; who has one page only needs no menu. */
export function AdminNav() {
  const { user } = useSuspenseQuery(meQuery).data
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the row of pages is wider than the screen: the open one is brought into sight. Each page draws its own row.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [])
  const { pages } = useRouter().options.context
  const entries = menuOf(pages, 'office', user?.role ?? null)
  if (entries.length < 2) return null
  return (
    <nav ref={nav} className="wk-tabs" aria-label={m.base_back_office()}>
      {entries.map(({ path, label }) => (
        <Link key={path} to={path} activeOptions={{ exact: true, includeSearch: false }}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
