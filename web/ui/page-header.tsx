import type { ReactNode } from 'react'

type PageHeaderProps = { title: string; lead?: ReactNode; action?: ReactNode; above?: ReactNode }

/** The page's one h1, what it is for, and its main action. */
export function PageHeader({ title, lead, action, above }: PageHeaderProps) {
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
