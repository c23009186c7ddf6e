import { formatRate } from './format.ts'

/** How far a long piece of work is; `value` and `max` are in whatever unit the label names. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number }) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  const text = formatRate(Math.floor(share * 100) * 100)
  return (
    <div className="ui-progress">
      <div className="ui-progress__line">
        <span>{label}</span>
        <span>{text}</span>
      </div>
      <progress className="ui-progress__track" aria-label={label} value={share} max={1} />
    </div>
  )
}
