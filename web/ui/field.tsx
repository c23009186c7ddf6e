import { createContext, use, useId, useMemo, type ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Icon } from './icon.tsx'

type FieldParts = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean }

const FieldContext = createContext<FieldParts | null>(null)

/** What a control inside a Field must carry so that its label, hint and error are read with it. */
export function useFieldControl() {
  const field = use(FieldContext)
  if (!field) return {}
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
    'aria-required': field.required || undefined,
  }
}

export type FieldProps = {
  label: string
  hint?: ReactNode
  /** Says what is wrong and how to put it right. */
  error?: string | undefined
  optional?: boolean
  /** Said to assistive technology; a filter or a search is neither required nor « facultatif ». */
  required?: boolean
  /** For a control that the label need not be seen with; it is still read. */
  labelHidden?: boolean
  children: ReactNode
}

export function Field(props: FieldProps) {
  const { label, hint, error, optional = false, required = !optional, labelHidden = false, children } = props
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ') || undefined
  const invalid = Boolean(error)
  const parts = useMemo(() => ({ id, describedBy, invalid, required }), [id, describedBy, invalid, required])
  return (
    <div className="ui-field">
      <label htmlFor={id} className={labelHidden ? 'ui-hidden' : 'ui-field__label'}>
        {label}
        {optional && <span className="ui-field__optional"> {m.base_optional()}</span>}
      </label>
      {hint && (
        <p id={hintId} className="ui-field__hint">
          {hint}
        </p>
      )}
      <FieldContext value={parts}>{children}</FieldContext>
      {error && (
        <p id={errorId} className="ui-field__error" role="alert">
          <Icon name="alert" />
          {error}
        </p>
      )}
    </div>
  )
}
