import { scaleLinear } from 'd3-scale'
import { curveMonotoneX, line } from 'd3-shape'
import { ChartAxes } from './chart-axes.tsx'
import { ChartFrame, PLOT, pointProps, usePlotWidth, usePointCursor, type ChartPoint, type ChartProps } from './chart-frame.tsx'

const TICKS = 4

function scales(points: readonly ChartPoint[], width: number) {
  const values = points.flatMap((point) => [point.value, point.before ?? 0])
  const y = scaleLinear([Math.min(0, ...values), Math.max(1, ...values)], [PLOT.height - PLOT.bottom, PLOT.top]).nice(TICKS)
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [PLOT.left, width - PLOT.right])
  return { x, y, step: x(1) - x(0) }
}

/** A value over time, with the period before behind it. */
export function LineChart(props: ChartProps) {
  const { points } = props
  const cursor = usePointCursor(points.length)
  const { plot, width } = usePlotWidth()
  const { x, y, step } = scales(points, width)
  const draw = (pick: (point: ChartPoint) => number) =>
    line<ChartPoint>(
      (_, index) => x(index),
      (point) => y(pick(point)),
    ).curve(curveMonotoneX)([...points]) ?? ''
  const compared = points.some((point) => point.before !== undefined)
  return (
    <ChartFrame chart={props} cursor={cursor} plotRef={plot}>
      <svg viewBox={`0 0 ${width} ${PLOT.height}`}>
        <ChartAxes points={points} ticks={y.ticks(TICKS)} x={x} y={y} format={props.formatTick ?? props.format} width={width} />
        {compared && <path className="ui-chart__line ui-chart__line--before" d={draw((point) => point.before ?? 0)} />}
        <path className="ui-chart__line" d={draw((point) => point.value)} />
        <g onPointerLeave={() => cursor.setActive(null)}>
          {points.map((point, index) => (
            <g key={point.key} {...pointProps(cursor, point, index, props)}>
              <rect
                className="ui-chart__hit"
                x={x(index) - step / 2}
                y={PLOT.top}
                width={step}
                height={PLOT.height - PLOT.bottom - PLOT.top}
              />
              <circle className="ui-chart__dot" cx={x(index)} cy={y(point.value)} r={5} />
            </g>
          ))}
        </g>
      </svg>
    </ChartFrame>
  )
}
