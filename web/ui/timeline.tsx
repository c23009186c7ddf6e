import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Icon } from './icon.tsx'

export type TimelineStep = {
  key: string
  title: ReactNode
  text?: ReactNode
  state: 'done' | 'current' | 'upcoming'
}

/** What happened, where we are, what comes: in order, with dates in the text. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  const spoken = { done: m.base_step_done(), current: m.base_step_current(), upcoming: m.base_step_upcoming() }
  return (
    <ol className="ui-timeline">
      {steps.map((step) => (
        <li
          key={step.key}
          className={`ui-timeline__item ui-timeline__item--${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <span className="ui-timeline__mark">{step.state === 'done' && <Icon name="check" />}</span>
          <div>
            <p className="ui-timeline__title">
              {step.title}
              <span className="ui-hidden"> {spoken[step.state]}</span>
            </p>
            {step.text && <p className="ui-timeline__text">{step.text}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
