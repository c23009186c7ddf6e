import type { HTMLAttributes, ReactNode } from 'react'
import { classNames } from './class-names.ts'

type CardProps = Omit<HTMLAttributes<HTMLElement>, 'title'> & {
  title?: ReactNode
  /** Stands at the end of the title's line: a button, a menu, a period. */
  action?: ReactNode
  /** No inner margin: for tables and lists that reach the edge. */
  flush?: boolean
}

export function Card({ title, action, flush = false, children, className, ...rest }: CardProps) {
  return (
    <section {...rest} className={classNames('ui-card', flush && 'ui-card--flush', className)}>
      {(title ?? action) && (
        <div className="ui-card__head">
          {title && <h2>{title}</h2>}
          {action}
        </div>
      )}
      {children}
    </section>
  )
}
