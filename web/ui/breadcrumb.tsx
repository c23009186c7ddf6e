import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'

/** The way back up; the last item is where one stands. Links come from the router in use. */
export function Breadcrumb({ items }: { items: ReadonlyArray<{ key: string; link: ReactNode }> }) {
  return (
    <nav className="ui-breadcrumb" aria-label={m.base_breadcrumb()}>
      <ol>
        {items.map((item, index) => (
          <li key={item.key} aria-current={index === items.length - 1 ? 'page' : undefined}>
            {item.link}
          </li>
        ))}
      </ol>
    </nav>
  )
}
