import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'neutral' | 'success' | 'danger' | 'warning' | 'info' | 'accent' | 'upgrade'

export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={classNames('ui-badge', tone !== 'neutral' && `ui-badge--${tone}`)}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}

type StatusBadgeProps = {
  tone: Tone
  /** The status in one or two words. */
  label: string
  /** Why, and until when: « jusqu’au 6 janv. : compte récent, 85 % à 40 jours ». */
  why?: ReactNode
}

/** A status never stands alone: what explains it is read with it. */
export function StatusBadge({ tone, label, why }: StatusBadgeProps) {
  return (
    <span className="ui-status">
      <Badge tone={tone}>
        <span className="ui-badge__dot" aria-hidden="true" />
        {label}
      </Badge>
      {why && <span className="ui-status__why">{why}</span>}
    </span>
  )
}
