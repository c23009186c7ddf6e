import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Icon } from './icon.tsx'
import { Table, type Column } from './table.tsx'

export type ChartPoint = {
  key: string
  /** What stands on the axis: « 6 janv. ». */
  label: string
  value: number
  /** The same point of the period before, drawn behind. */
  before?: number
}

export type ChartProps = {
  title: string
  points: readonly ChartPoint[]
  format: (value: number) => string
  /** Shorter, for the axis; `format` when absent. */
  formatTick?: (value: number) => string
  /** Names of the two series, for the key and the table. */
  seriesLabel: string
  beforeLabel?: string
}

export const PLOT = { height: 240, left: 64, right: 8, top: 12, bottom: 28 } as const

const FIRST_WIDTH = 640

/** The plot is drawn as wide as its place, so that its words keep their size on a phone. */
export function usePlotWidth() {
  const plot = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(FIRST_WIDTH)
  useLayoutEffect(() => {
    const element = plot.current
    if (!element) return undefined
    const measure = () => setWidth(Math.max(PLOT.left * 2, element.clientWidth))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { plot, width }
}

/** One tab stop for the whole chart; the arrows walk along its points. */
export function usePointCursor(count: number) {
  const [active, setActive] = useState<number | null>(null)
  function move(event: KeyboardEvent<SVGGElement>, at: number) {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: count - 1 }[event.key]
    if (to === undefined || to < 0 || to >= count) return
    event.preventDefault()
    const next = event.currentTarget.parentElement?.children[to]
    if (next instanceof SVGElement) next.focus()
  }
  return { active, setActive, move, stop: active ?? count - 1 }
}

export type PointCursor = ReturnType<typeof usePointCursor>

export function pointProps(cursor: PointCursor, point: ChartPoint, index: number, props: ChartProps) {
  const before = point.before === undefined ? '' : `, ${props.beforeLabel ?? ''} ${props.format(point.before)}`
  return {
    className: 'ui-chart__point',
    role: 'img',
    'aria-label': `${point.label} : ${props.format(point.value)}${before}`,
    tabIndex: index === cursor.stop ? 0 : -1,
    'data-active': index === cursor.active,
    onFocus: () => cursor.setActive(index),
    onPointerEnter: () => cursor.setActive(index),
    onKeyDown: (event: KeyboardEvent<SVGGElement>) => cursor.move(event, index),
  } as const
}

/** Title, key, the point one looks at in words, and the same figures as a table. */
export function ChartFrame(props: { chart: ChartProps; cursor: PointCursor; plotRef: Ref<HTMLDivElement>; children: ReactNode }) {
  const { chart, cursor, plotRef } = props
  const point = chart.points[cursor.active ?? -1]
  const compared = chart.points.some((item) => item.before !== undefined)
  const columns: Array<Column<ChartPoint>> = [
    { key: 'label', header: m.base_date(), cell: (row) => row.label },
    { key: 'value', header: chart.seriesLabel, cell: (row) => chart.format(row.value), end: true },
  ]
  if (compared) {
    columns.push({
      key: 'before',
      header: chart.beforeLabel ?? '',
      cell: (row) => (row.before === undefined ? '' : chart.format(row.before)),
      end: true,
    })
  }
  return (
    <figure className="ui-chart" aria-label={chart.title}>
      <div className="ui-chart__caption">
        <span className="ui-chart__key">{chart.seriesLabel}</span>
        {compared && <span className="ui-chart__key ui-chart__key--before">{chart.beforeLabel}</span>}
        {point && (
          <span>
            {point.label} <strong>{chart.format(point.value)}</strong>
          </span>
        )}
      </div>
      <div ref={plotRef} className="ui-chart__plot">
        {props.children}
      </div>
      <details className="ui-details">
        <summary>
          {m.base_chart_table()}
          <Icon name="chevronDown" />
        </summary>
        <Table caption={chart.title} columns={columns} rows={chart.points} rowKey={(row) => row.key} sheets={false} />
      </details>
    </figure>
  )
}
