import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { Option } from './inputs.tsx'

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
}

function Choice({ label, hint, error, kind, ...rest }: ChoiceProps & { kind: 'checkbox' | 'radio' | 'switch' }) {
  const id = useId()
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div>
      <label className="ui-choice">
        <input
          {...rest}
          type={kind === 'radio' ? 'radio' : 'checkbox'}
          role={kind === 'switch' ? 'switch' : undefined}
          className={classNames('ui-choice__input', kind === 'switch' && 'ui-choice__input--switch')}
          aria-labelledby={`${id}-label`}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
        />
        <span>
          <span id={`${id}-label`}>{label}</span>
          {hint && (
            <span id={`${id}-hint`} className="ui-choice__hint">
              {hint}
            </span>
          )}
        </span>
      </label>
      {error && (
        <p id={`${id}-error`} className="ui-field__error" role="alert">
          <Icon name="alert" />
          {error}
        </p>
      )}
    </div>
  )
}

export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} kind="checkbox" />
}

/** Acts at once: for what needs a button afterwards, use a Checkbox. */
export function Switch(props: ChoiceProps) {
  return <Choice {...props} kind="switch" />
}

type RadioGroupProps = {
  legend: string
  legendHidden?: boolean
  name: string
  options: ReadonlyArray<Option & { hint?: ReactNode }>
  value: string
  onValue: (value: string) => void
  error?: string | undefined
  /** Each option as a card, for few options that need a line of explanation. */
  cards?: boolean
}

export function RadioGroup(props: RadioGroupProps) {
  const id = useId()
  return (
    <fieldset className="ui-field" aria-describedby={props.error ? id : undefined}>
      <legend className={props.legendHidden ? 'ui-hidden' : 'ui-field__label'}>{props.legend}</legend>
      <div className={props.cards ? 'ui-radio-cards' : undefined}>
        {props.options.map((option) => (
          <Choice
            key={option.value}
            kind="radio"
            name={props.name}
            value={option.value}
            checked={option.value === props.value}
            disabled={option.disabled}
            label={option.label}
            hint={option.hint}
            onChange={() => props.onValue(option.value)}
          />
        ))}
      </div>
      {props.error && (
        <p id={id} className="ui-field__error" role="alert">
          <Icon name="alert" />
          {props.error}
        </p>
      )}
    </fieldset>
  )
}
