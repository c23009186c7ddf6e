import { Link } from '@tanstack/react-router'
import { FigureLink } from '#web/shell/links.tsx'
import { formatMoney, formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Money } from '#web/ui/money.tsx'
import { Stat, type StatProps } from '#web/ui/stat.tsx'
import * as m from '#web/i18n/paraglide/messages.js'

/** What a figure counts; null while there is nothing to divide by. */
type Value =
  | { readonly cents: number }
  | { readonly count: number }
  | { readonly rateBps: number | null }
  | { readonly centsEach: number | null }

/** Where the rows of a figure stand: a page with the filter that keeps exactly these, or a part of the page that it stands on. */
export type Opens =
  | { readonly to: string; readonly search: Readonly<Record<string, string>> }
  | { readonly to: string; readonly hash: string }
  /** No list shows these rows yet; why not. */
  | { readonly nowhere: string }

export type Figure = Readonly<Pick<StatProps, 'tone'>> & {
  readonly label: string
  readonly value: Value
  readonly note: string
  readonly opens: Opens
}

function shown(value: Value) {
  if ('cents' in value) return <Money cents={value.cents} />
  if ('count' in value) return formatNumber(value.count)
  if ('rateBps' in value) return value.rateBps === null ? m.overview_none_yet() : formatRate(value.rateBps)
  return value.centsEach === null ? m.overview_none_yet() : formatMoney(value.centsEach)
}

/** Figures side by side; each opens the rows that it sums. */
export function Figures({ figures }: { figures: Readonly<Record<string, Figure>> }) {
  return (
    <div className="ui-grid wk-figures">
      {Object.entries(figures).map(([key, { opens, value, label, note, tone }]) => {
        const stat = { label, note, value: shown(value), tone: tone ?? ('plain' as const) }
        return 'nowhere' in opens ? <Stat key={key} {...stat} /> : <FigureLink key={key} {...opens} {...stat} />
      })}
    </div>
  )
}

/** What figures come to, a line each under them. */
export function Sums({ figures }: { figures: Readonly<Record<string, Figure>> }) {
  return Object.entries(figures).map(([key, { label, value, note, opens }]) => (
    <p key={key} className="wk-sum">
      <span>{label}</span>
      {'nowhere' in opens ? (
        shown(value)
      ) : (
        <Link {...opens} title={note}>
          {shown(value)}
        </Link>
      )}
    </p>
  ))
}
