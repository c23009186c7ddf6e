import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { usePageTitle } from './page-header.tsx'

function StateTitle({ page, title }: { page: boolean; title: string }) {
  return page ? <PageTitle title={title} /> : <p className="ui-title">{title}</p>
}

function PageTitle({ title }: { title: string }) {
  usePageTitle(title)
  return <h1>{title}</h1>
}

type EmptyStateProps = {
  icon?: IconName
  title: string
  /** What to do next, in one sentence. */
  children?: ReactNode
  /** The button or link that does it. */
  action?: ReactNode
  /** The state is the whole page: its title is the page's heading. */
  page?: boolean
}

export function EmptyState({ icon = 'info', title, children, action, page = false }: EmptyStateProps) {
  return (
    <div className="ui-state">
      <span className="ui-state__icon">
        <Icon name={icon} />
      </span>
      <StateTitle page={page} title={title} />
      {children && <p className="ui-state__text">{children}</p>}
      {action}
    </div>
  )
}

type ErrorStateProps = {
  /** What failed, in the reader's words. */
  title?: string
  children?: ReactNode
  onRetry?: (() => void | Promise<void>) | undefined
  busy?: boolean
  /** Quoted to support, so that the failure can be found. */
  requestId?: string | undefined
  action?: ReactNode
  page?: boolean
}

export function ErrorState({ title, children, onRetry, busy = false, requestId, action, page = false }: ErrorStateProps) {
  return (
    <div className="ui-state ui-state--error" role="alert">
      <span className="ui-state__icon">
        <Icon name="alert" />
      </span>
      <StateTitle page={page} title={title ?? m.base_error_title()} />
      <p className="ui-state__text">{children ?? m.base_error_text()}</p>
      {onRetry && (
        <Button icon="refresh" busy={busy} onClick={onRetry}>
          {m.base_retry()}
        </Button>
      )}
      {action}
      {requestId && <p className="ui-small ui-muted">{m.base_error_reference({ requestId })}</p>}
    </div>
  )
}

const icons = { info: 'info', success: 'check', warning: 'alert', danger: 'alert' } as const

/** Something to read before going on, in the page itself and not in a toast. */
export function Notice({ tone = 'info', title, children }: { tone?: keyof typeof icons; title?: string; children?: ReactNode }) {
  return (
    <div className={classNames('ui-notice', tone !== 'info' && `ui-notice--${tone}`)} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div>
        {title && <p className="ui-notice__title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
