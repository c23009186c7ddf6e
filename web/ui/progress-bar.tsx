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
      <div
        className="ui-progress__track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={text}
      >
        <div className="ui-progress__fill" style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  )
}
