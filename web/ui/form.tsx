import { useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'

type FormProps = {
  onSubmit: () => void
  /** What the last sending was refused with, null while it was not: what it says of a field is gone to like any other mistake. */
  refusal: unknown
  className?: string
  children: ReactNode
}

/** A form that keeps one's place: what cannot be sent leads to its first wrong field, whose error is read with it. */
export function Form({ onSubmit, refusal, className = 'ui-form', children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  useLayoutEffect(() => {
    if (tries > 0 || refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries, refusal])

  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
    setTries(tries + 1)
  }
  return (
    <form ref={form} className={className} onSubmit={submit} noValidate>
      {children}
    </form>
  )
}
