import type { Ref } from 'react'
import { useFieldControl } from './field.tsx'

const LENGTH = 6
const slots = Array.from({ length: LENGTH }, (_, index) => index)

type CodeInputProps = {
  value: string
  onValue: (digits: string) => void
  /** Called once the sixth digit stands, typed, pasted or filled in by the system. */
  onComplete?: (digits: string) => void
  disabled?: boolean
  autoFocus?: boolean
  name?: string
  ref?: Ref<HTMLInputElement>
}

/**
 * One real input under six drawn boxes: paste, autofill from a message, screen readers and undo
 * all work as in any other field.
 */
export function CodeInput({ value, onValue, onComplete, ...rest }: CodeInputProps) {
  function change(text: string) {
    const digits = text.replaceAll(/\D/g, '').slice(0, LENGTH)
    onValue(digits)
    if (digits.length === LENGTH && digits !== value) onComplete?.(digits)
  }
  return (
    <div className="ui-code">
      <div className="ui-code__slots" aria-hidden="true">
        {slots.map((slot) => (
          <span key={slot} className="ui-code__slot" data-next={slot === Math.min(value.length, LENGTH - 1)}>
            {value[slot] ?? ''}
          </span>
        ))}
      </div>
      <input
        {...useFieldControl()}
        {...rest}
        className="ui-code__input"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]{6}"
        value={value}
        onPaste={(event) => {
          // A code copied with spaces or words around it is longer than six characters.
          event.preventDefault()
          change(event.clipboardData.getData('text'))
        }}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  )
}
