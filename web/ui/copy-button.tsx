import { useEffect, useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button, type ButtonLook } from './button.tsx'

const SHOWN_FOR = 2_000

/** Copies a text and says so in the button itself, for eyes and ears. */
export function CopyButton({ text, label, ...look }: { text: string; label?: string } & Omit<ButtonLook, 'icon'>) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [state])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  const words = { idle: label ?? m.base_copy(), copied: m.base_copied(), failed: m.base_copy_failed() }
  return (
    <Button {...look} icon={state === 'copied' ? 'check' : 'copy'} onClick={copy}>
      <span aria-live="polite">{words[state]}</span>
    </Button>
  )
}
