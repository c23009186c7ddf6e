import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Money } from './money.tsx'

/** One line of a summary: an amount in cents, or anything else already worded. */
export type Fact = { label: string; total?: boolean } & ({ cents: number } | { value: ReactNode })

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="ui-facts">
      {facts.map((fact) => (
        <div key={fact.label} className={classNames(fact.total && 'ui-facts__total') || undefined}>
          <dt>{fact.label}</dt>
          <dd>{'cents' in fact ? <Money cents={fact.cents} /> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
