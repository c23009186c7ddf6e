import { scaleBand, scaleLinear } from 'd3-scale'
import { ChartAxes } from './chart-axes.tsx'
import { ChartFrame, PLOT, pointProps, usePlotWidth, usePointCursor, type ChartPoint, type ChartProps } from './chart-frame.tsx'

const TICKS = 4

function scales(points: readonly ChartPoint[], width: number) {
  const values = points.flatMap((point) => [point.value, point.before ?? 0])
  const y = scaleLinear([0, Math.max(1, ...values)], [PLOT.height - PLOT.bottom, PLOT.top]).nice(TICKS)
  const keys = points.map((point) => point.key)
  const x = scaleBand(keys, [PLOT.left, width - PLOT.right])
    .paddingInner(0.3)
    .paddingOuter(0.1)
  return { x, y }
}

/** Amounts by day, week or kind, with the period before beside each. Values are not negative. */
export function BarChart(props: ChartProps) {
  const { points } = props
  const cursor = usePointCursor(points.length)
  const { plot, width } = usePlotWidth()
  const { x, y } = scales(points, width)
  const floor = PLOT.height - PLOT.bottom
  const compared = points.some((point) => point.before !== undefined)
  const thickness = compared ? x.bandwidth() / 2 : x.bandwidth()
  const start = (point: ChartPoint) => x(point.key) ?? PLOT.left
  const middle = (index: number) => {
    const point = points[index]
    return point ? start(point) + x.bandwidth() / 2 : PLOT.left
  }
  const bar = (value: number) => ({ y: y(value), height: floor - y(value), width: thickness, rx: Math.min(3, thickness / 2) })
  return (
    <ChartFrame chart={props} cursor={cursor} plotRef={plot}>
      <svg viewBox={`0 0 ${width} ${PLOT.height}`}>
        <ChartAxes points={points} ticks={y.ticks(TICKS)} x={middle} y={y} format={props.formatTick ?? props.format} width={width} />
        <g onPointerLeave={() => cursor.setActive(null)}>
          {points.map((point, index) => (
            <g key={point.key} {...pointProps(cursor, point, index, props)}>
              <rect className="ui-chart__hit" x={start(point)} y={PLOT.top} width={x.bandwidth()} height={floor - PLOT.top} />
              {point.before !== undefined && (
                <rect className="ui-chart__bar ui-chart__bar--before" x={start(point)} {...bar(point.before)} />
              )}
              <rect className="ui-chart__bar" x={start(point) + (compared ? thickness : 0)} {...bar(point.value)} />
            </g>
          ))}
        </g>
      </svg>
    </ChartFrame>
  )
}
