import { useEffect, useState, useSyncExternalStore } from 'react'
import { channelApi } from './channel-api.ts'
import { initialState, type ChannelState } from './channel-state.ts'
import { ChannelStore } from './channel-store.ts'
import { browserOutbox, type Outbox } from './outbox.ts'

const noOutbox: Outbox = { load: () => [], save: () => undefined, remove: () => undefined }
const waiting = initialState(null)
const never = () => () => undefined

export interface OpenChannel {
  id: string
  lastReadSeq: number
  unread: number
}

/** Opens a channel for as long as the component stands. Null until the first effect has run. */
export function useChannel(channel: OpenChannel, me: string | null): { store: ChannelStore | null; state: ChannelState } {
  const [store, setStore] = useState<ChannelStore | null>(null)
  // What was unread is a fact of the moment of opening: later counts of the list do not move the line.
  const [opened] = useState(channel)
  useEffect(() => {
    const outbox = me === null ? noOutbox : browserOutbox(opened.id, me, localStorage)
    const made = new ChannelStore({ api: channelApi(opened.id), outbox, me, lastReadSeq: opened.lastReadSeq, unread: opened.unread })
    const look = () => {
      if (document.visibilityState === 'visible') void made.sync()
    }
    setStore(made)
    void made.start()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
      made.stop()
    }
  }, [opened, me])
  const state = useSyncExternalStore(store?.subscribe ?? never, store?.snapshot ?? (() => waiting))
  return { store, state }
}
