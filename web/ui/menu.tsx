import { useId, useRef, type KeyboardEvent, type ReactNode, type ToggleEvent } from 'react'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type MenuItem = {
  key: string
  label: string
  icon?: IconName
  tone?: 'plain' | 'danger'
  disabled?: boolean
  /** Draws a line above. */
  apart?: boolean
} & ({ onSelect: () => void | Promise<void> } | { href: string })

type MenuProps = {
  label: string
  items: readonly MenuItem[]
  /** An icon button by default; with children, a button that shows them. */
  icon?: IconName
  children?: ReactNode
}

const GAP = 6

/** Before it is drawn its size is unknown: it hangs from the button's lower end. */
function hang(menu: HTMLElement, anchor: HTMLElement) {
  const box = anchor.getBoundingClientRect()
  const right = document.documentElement.clientWidth - box.right
  Object.assign(menu.style, { left: 'auto', right: `${Math.max(GAP, right)}px`, top: `${box.bottom + GAP}px` })
}

/** Once drawn, it is moved wholly into the window; the top layer takes no part in the page's layout. */
function keepInside(menu: HTMLElement, anchor: HTMLElement) {
  const box = anchor.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = menu
  const below = box.bottom + GAP
  const top = below + offsetHeight > window.innerHeight ? Math.max(GAP, box.top - offsetHeight - GAP) : below
  if (box.right - offsetWidth < GAP) Object.assign(menu.style, { left: `${GAP}px`, right: 'auto' })
  menu.style.top = `${top}px`
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const menu = event.currentTarget.closest<HTMLElement>('[role="menu"]')
  const items = menu ? itemsOf(menu) : []
  const at = items.findIndex((item) => item === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items.at(to % items.length)?.focus()
}

export function Menu({ label, items, icon = 'more', children }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)

  function toggled(event: ToggleEvent<HTMLDivElement>) {
    const open = event.newState === 'open'
    button.current?.setAttribute('aria-expanded', String(open))
    if (!open || !menu.current || !button.current) return
    keepInside(menu.current, button.current)
    itemsOf(menu.current)[0]?.focus()
  }
  const trigger = {
    ref: button,
    popoverTarget: id,
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    'aria-controls': id,
  } as const
  return (
    <>
      {children ? (
        <Button {...trigger} look="quiet" aria-label={label}>
          {children}
        </Button>
      ) : (
        <IconButton {...trigger} icon={icon} label={label} />
      )}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className="ui-menu"
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && button.current) hang(event.currentTarget, button.current)
        }}
        onToggle={toggled}
      >
        {items.map((item) => (
          <MenuRow key={item.key} item={item} onDone={() => menu.current?.hidePopover()} />
        ))}
      </div>
    </>
  )
}

function MenuRow({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const shared = {
    role: 'menuitem',
    tabIndex: -1,
    className: classNames('ui-menu__item', item.tone === 'danger' && 'ui-menu__item--danger'),
    'aria-disabled': item.disabled || undefined,
    onKeyDown: moveFocus,
  }
  const face = (
    <>
      {item.icon && <Icon name={item.icon} />}
      {item.label}
    </>
  )
  return (
    <>
      {item.apart && <hr className="ui-menu__line" />}
      {'href' in item ? (
        <a {...shared} href={item.href}>
          {face}
        </a>
      ) : (
        <button
          {...shared}
          type="button"
          onClick={() => {
            if (item.disabled) return
            onDone()
            void item.onSelect()
          }}
        >
          {face}
        </button>
      )}
    </>
  )
}
