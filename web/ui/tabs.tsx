import { useId, type KeyboardEvent, type ReactNode } from 'react'

export type Tab = { key: string; label: ReactNode; panel: ReactNode }

type TabsProps = {
  label: string
  tabs: readonly Tab[]
  /** Which tab is open: kept by the caller, in the URL. */
  current: string
  onTab: (key: string) => void
}

export function Tabs({ label, tabs, current, onTab }: TabsProps) {
  const id = useId()
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.key === current),
  )
  const shown = tabs[at]

  // From the tab that has the focus: the one that is open follows a moment later, when the caller keeps it in the address.
  function move(event: KeyboardEvent<HTMLElement>, from: number) {
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs.at(to % tabs.length)
    if (!next) return
    onTab(next.key)
    document.getElementById(`${id}-${next.key}`)?.focus()
  }
  return (
    <div>
      <div role="tablist" aria-label={label} className="ui-tabs">
        {tabs.map((tab, index) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            className="ui-tab"
            aria-selected={tab === shown}
            aria-controls={`${id}-panel`}
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => onTab(tab.key)}
            onKeyDown={(event) => move(event, index)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {shown && (
        <div role="tabpanel" id={`${id}-panel`} className="ui-tab-panel" aria-labelledby={`${id}-${shown.key}`} tabIndex={0}>
          {shown.panel}
        </div>
      )}
    </div>
  )
}
