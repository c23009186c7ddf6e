import { classNames } from './class-names.ts'
import { formatMoney } from './format.ts'

type MoneyProps = {
  /** Integer cents. */
  cents: number
  /** Shows the sign of a gain too, and colours gain and loss. */
  signed?: boolean
}

export function Money({ cents, signed = false }: MoneyProps) {
  const tone = signed && cents !== 0 && (cents > 0 ? 'ui-money--gain' : 'ui-money--loss')
  return (
    <data value={cents / 100} className={classNames('ui-money', tone)}>
      {formatMoney(cents, { signed })}
    </data>
  )
}
