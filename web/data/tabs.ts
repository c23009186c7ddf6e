import { DOUBT } from './doubt.ts'

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('person')

/** Tells the other tabs of this site that somebody came or left. */
export function tellTabs(): void {
  tabs?.postMessage('changed')
}

/** Asks whenever who is here may have changed: another tab said so, the API did, or this page comes to the front again. */
export function onDoubt(ask: () => void): void {
  tabs?.addEventListener('message', ask)
  globalThis.addEventListener(DOUBT, ask)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && ask())
  globalThis.addEventListener('pageshow', (event) => event.persisted && ask())
}
