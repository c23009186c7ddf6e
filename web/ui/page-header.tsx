import { useEffect, type ReactNode } from 'react'

type PageHeaderProps = { title: string; lead?: ReactNode; action?: ReactNode; above?: ReactNode }

/** The name of the site stands in the page's own head, so that a primitive need not know it. */
function siteName(): string {
  return document.querySelector('meta[name="application-name"]')?.getAttribute('content') ?? ''
}

/** Names the browser's tab, its history entry and what a screen reader says on arrival. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = [title, siteName()].filter(Boolean).join(' · ')
  }, [title])
}

/** The page's one h1, what it is for, and its main action. */
export function PageHeader({ title, lead, action, above }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className="ui-page-header">
      <div>
        {above}
        <h1>{title}</h1>
        {lead && <p className="ui-page-header__lead">{lead}</p>}
      </div>
      {action}
    </header>
  )
}
