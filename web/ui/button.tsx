import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type ButtonLook = {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'upgrade' | undefined
  size?: 'small' | 'medium' | 'large' | undefined
  /** Takes the whole width of its container. */
  block?: boolean | undefined
  icon?: IconName | undefined
}

function buttonClass({ look = 'secondary', size = 'medium', block }: ButtonLook, extra?: string): string {
  return classNames(
    'ui-button',
    look !== 'secondary' && `ui-button--${look}`,
    size !== 'medium' && `ui-button--${size}`,
    block && 'ui-button--block',
    extra,
  )
}

type ButtonProps = ButtonLook &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> & {
    busy?: boolean
    onClick?: (event: MouseEvent<HTMLButtonElement>) => void | Promise<void>
    ref?: Ref<HTMLButtonElement>
  }

/**
 * A busy or disabled button keeps the focus and its width: it answers no click, but a keyboard
 * never loses its place because of it.
 */
export function Button({ look, size, block, icon, busy = false, disabled, onClick, ...rest }: ButtonProps) {
  const inert = busy || disabled === true
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (inert) event.preventDefault()
    else void onClick?.(event)
  }
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ look, size, block }, rest.className)}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      onClick={press}
    >
      <span className="ui-button__content">
        {icon && <Icon name={icon} />}
        {rest.children}
      </span>
      {busy && (
        <>
          <span className="ui-button__spinner" aria-hidden="true" />
          <span className="ui-hidden">{m.base_busy()}</span>
        </>
      )}
    </button>
  )
}

export type LinkButtonProps = ButtonLook & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

/** A link that looks like a button. Routers wrap it (`createLink(LinkButton)`). */
export function LinkButton({ look, size, block, icon, children, className, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={buttonClass({ look, size, block }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}

type IconButtonProps = Omit<ButtonProps, 'icon' | 'children' | 'block'> & {
  icon: IconName
  /** What it does, in words: its accessible name and its tooltip. */
  label: string
  children?: ReactNode
}

export function IconButton({ icon, label, look = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Button {...rest} look={look} className={classNames('ui-button--icon', className)} aria-label={label} title={label}>
      <Icon name={icon} />
    </Button>
  )
}
