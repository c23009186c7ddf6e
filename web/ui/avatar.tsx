import type { CSSProperties } from 'react'

type Size = CSSProperties & { '--size': string }

function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map((word) => word?.[0]?.toLocaleUpperCase() ?? '').join('')
}

/** Decoration beside a name that is written anyway, hence silent: the initials are drawn, not written, so that they are no part of a button's label. */
export function Avatar({ name, src, size = '2.25rem' }: { name: string; src?: string | undefined; size?: string }) {
  const style: Size = { '--size': size }
  return (
    <span className="ui-avatar" style={style} data-initials={src ? undefined : initials(name)} aria-hidden="true">
      {src && <img src={src} alt="" />}
    </span>
  )
}
