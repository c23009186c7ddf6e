import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from './button.tsx'

/** A filter that a page elsewhere put into the address: shown, and taken off with one touch. */
export type Chip = { key: string; label: string }

export function Chips({ chips, onTakeOff }: { chips: readonly Chip[]; onTakeOff: (key: string) => void }) {
  if (chips.length === 0) return null
  return (
    <div className="ui-chips">
      {chips.map(({ key, label }) => (
        <Button key={key} size="small" icon="close" aria-label={m.base_take_off({ filter: label })} onClick={() => onTakeOff(key)}>
          {label}
        </Button>
      ))}
    </div>
  )
}
