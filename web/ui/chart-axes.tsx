import { PLOT, type ChartPoint } from './chart-frame.tsx'

const LABEL_WIDTH = 80

/** Horizontal lines with their values, and as many labels below as fit without touching. */
export function ChartAxes(props: {
  points: readonly ChartPoint[]
  ticks: readonly number[]
  x: (index: number) => number
  y: (value: number) => number
  format: (value: number) => string
  width: number
}) {
  const labels = Math.max(2, Math.floor((props.width - PLOT.left) / LABEL_WIDTH))
  const step = Math.ceil(props.points.length / labels)
  return (
    <g aria-hidden="true">
      {props.ticks.map((tick) => (
        <g key={tick}>
          <line className="ui-chart__grid" x1={PLOT.left} x2={props.width - PLOT.right} y1={props.y(tick)} y2={props.y(tick)} />
          <text className="ui-chart__tick" x={PLOT.left - 8} y={props.y(tick) + 4} textAnchor="end">
            {props.format(tick)}
          </text>
        </g>
      ))}
      {props.points.map((point, index) =>
        index % step === 0 ? (
          <text key={point.key} className="ui-chart__tick" x={props.x(index)} y={PLOT.height - 8} textAnchor="middle">
            {point.label}
          </text>
        ) : null,
      )}
    </g>
  )
}
