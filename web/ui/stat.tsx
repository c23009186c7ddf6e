import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

export type StatProps = {
  label: string
  /** The figure itself: Money, a number, a rate. */
  value: ReactNode
  note?: ReactNode
  tone?: 'plain' | 'success' | 'danger' | 'upgrade'
}

function body({ label, value, note }: StatProps, opens: boolean) {
  return (
    <>
      <span className="ui-stat__label">
        {label}
        {opens && <Icon name="chevronRight" />}
      </span>
      <span className="ui-stat__figure">{value}</span>
      {note && <span className="ui-stat__note">{note}</span>}
    </>
  )
}

function statClass(tone: StatProps['tone']): string {
  return classNames('ui-stat', tone && tone !== 'plain' && `ui-stat--${tone}`)
}

/** A figure with nothing behind it. Prefer StatLink: a figure should open the rows that sum to it. */
export function Stat(props: StatProps) {
  return <div className={statClass(props.tone)}>{body(props, false)}</div>
}

type StatLinkProps = StatProps & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

export function StatLink({ label, value, note, tone, ...rest }: StatLinkProps) {
  return (
    <a {...rest} className={statClass(tone)}>
      {body({ label, value, note }, true)}
    </a>
  )
}

/** The same for a figure that opens its rows in place. */
export function StatButton({ onOpen, ...props }: StatProps & { onOpen: () => void }) {
  return (
    <button type="button" className={statClass(props.tone)} onClick={onOpen}>
      {body(props, true)}
    </button>
  )
}
