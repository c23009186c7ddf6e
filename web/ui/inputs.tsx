import type { InputHTMLAttributes, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'
import { useFieldControl } from './field.tsx'
import { Icon } from './icon.tsx'

type InputProps = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }

export function TextInput({ className, ...rest }: InputProps) {
  return <input type="text" {...useFieldControl()} {...rest} className={classNames('ui-input', className)} />
}

/** The keyboard, the autofill and the spelling of an e-mail address. */
export function EmailInput(props: Omit<InputProps, 'type'>) {
  return <TextInput inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} {...props} type="email" />
}

type TextareaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }

export function Textarea({ className, ...rest }: TextareaProps) {
  return <textarea {...useFieldControl()} {...rest} className={classNames('ui-input', className)} />
}

export type Option = { value: string; label: string; disabled?: boolean }

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'> & {
  options: readonly Option[]
  ref?: Ref<HTMLSelectElement>
}

/** The system's own list: right on every phone and with every screen reader. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <span className="ui-select">
      <select {...useFieldControl()} {...rest} className={classNames('ui-input', className)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevronDown" />
    </span>
  )
}
