import { useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject } from 'react'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { destination, itemNamed, Typed } from './menu-keys.ts'

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

/** Below its button and flush with its end, moved wholly into the window; the top layer takes no part in the page's layout. */
function place(menu: HTMLElement, button: HTMLElement) {
  const box = button.getBoundingClientRect()
  const right = Math.max(GAP, document.documentElement.clientWidth - box.right)
  Object.assign(menu.style, { left: 'auto', right: `${right}px`, top: `${box.bottom + GAP}px` })
  const { offsetWidth, offsetHeight } = menu
  if (box.right - offsetWidth < GAP) Object.assign(menu.style, { left: `${GAP}px`, right: 'auto' })
  if (box.bottom + GAP + offsetHeight > window.innerHeight) menu.style.top = `${Math.max(GAP, box.top - offsetHeight - GAP)}px`
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]
}

/**
 * Opens with the focus in it before the event that asked for it has ended: the very next key finds an item. A browser's `toggle`
 * event comes later, and what is pressed until then would be lost.
 */
function open(menu: HTMLElement, button: HTMLElement, first: 0 | -1) {
  // Closing gives the focus back to whoever had it, and not every browser gives it to a button that is clicked.
  button.focus()
  menu.showPopover()
  place(menu, button)
  itemsOf(menu).at(first)?.focus()
}

function close(menu: HTMLElement, button: HTMLElement) {
  menu.hidePopover()
  button.focus()
}

const hasModifier = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey

/** A key let go of belongs to whatever it was pressed on, which may have lost the focus to us meanwhile. */
function swallowSpace(event: KeyboardEvent) {
  if (event.key === ' ') event.preventDefault()
}

/** The keys of an open menu: to walk, to name an item by its first letters, to act, to leave. */
function useMenuKeys(menu: RefObject<HTMLElement | null>, leave: () => void) {
  const [typed] = useState(() => new Typed())
  return (event: KeyboardEvent<HTMLElement>) => {
    if (!menu.current || hasModifier(event)) return
    if (event.key === 'Tab') return leave()
    const items = itemsOf(menu.current)
    const at = items.findIndex((item) => item === document.activeElement)
    const walk = destination(event.key, at, items.length)
    const isLetter = event.key.length === 1 && (event.key !== ' ' || typed.isGoingOn(event.timeStamp))
    if (walk !== undefined) items[walk]?.focus()
    else if (isLetter) items[itemNamed(typed.add(event.key, event.timeStamp), items.map(nameOf), at) ?? at]?.focus()
    else if (event.key === ' ' && !event.repeat) items[at]?.click()
    // The key that opened the menu, still held down, must not act on its first item.
    else if (event.key !== 'Enter' || !event.repeat) return
    event.preventDefault()
  }
}

const nameOf = (item: HTMLElement) => item.textContent

/** The keys of the button: they open the menu when they are pressed, not when they are let go of. */
function firstItemFor({ key }: KeyboardEvent): 0 | -1 | undefined {
  if (key === 'ArrowUp') return -1
  return key === 'Enter' || key === ' ' || key === 'ArrowDown' ? 0 : undefined
}

export function Menu({ label, items, icon = 'more', children }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const onMenuKey = useMenuKeys(menu, leave)

  function enter(first: 0 | -1) {
    if (menu.current && button.current) open(menu.current, button.current, first)
  }
  function leave() {
    if (menu.current && button.current) close(menu.current, button.current)
  }
  function onButtonKey(event: KeyboardEvent) {
    const first = firstItemFor(event)
    if (first === undefined || hasModifier(event)) return
    event.preventDefault()
    if (!event.repeat) enter(first)
  }
  const trigger = {
    ref: button,
    // So that pressing the button of an open menu does not count as pressing beside it.
    popoverTarget: id,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    'aria-controls': id,
    onKeyDown: onButtonKey,
    onKeyUp: swallowSpace,
    onClick: (event: MouseEvent) => {
      event.preventDefault()
      if (menu.current?.matches(':popover-open')) leave()
      else enter(0)
    },
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
        tabIndex={-1}
        aria-label={label}
        className="ui-menu"
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={onMenuKey}
        onKeyUp={swallowSpace}
      >
        {items.map((item) => (
          <MenuRow key={item.key} item={item} onDone={leave} />
        ))}
      </div>
    </>
  )
}

function MenuRow({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  function act(event: MouseEvent) {
    if (item.disabled) return event.preventDefault()
    onDone()
    if ('onSelect' in item) void item.onSelect()
  }
  const shared = {
    role: 'menuitem',
    tabIndex: -1,
    className: classNames('ui-menu__item', item.tone === 'danger' && 'ui-menu__item--danger'),
    'aria-disabled': item.disabled || undefined,
    onClick: act,
  }
  const content = (
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
          {content}
        </a>
      ) : (
        <button {...shared} type="button">
          {content}
        </button>
      )}
    </>
  )
}
