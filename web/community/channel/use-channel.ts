import { useEffect, useState, useSyncExternalStore } from 'react'
import { channelApi } from './channel-api.ts'
import type { ChannelState } from './channel-state.ts'
import { ChannelStore } from './channel-store.ts'
import { browserOutbox, type Outbox } from './outbox.ts'

const noOutbox: Outbox = { load: () => [], save: () => undefined, remove: () => undefined }

export interface OpenChannel {
  id: string
  lastReadSeq: number
  unread: number
}

function storeOf({ id, lastReadSeq, unread }: OpenChannel, me: string | null): ChannelStore {
  const outbox = me === null ? noOutbox : browserOutbox(id, me, localStorage)
  return new ChannelStore({ api: channelApi(id), outbox, me, lastReadSeq, unread })
}

/**
 * Opens a channel for as long as the component stands; another channel is another component (give it a `key`). What was
 * unread is a fact of the moment of opening: later counts of the list do not move the line.
 */
export function useChannel(channel: OpenChannel, me: string | null): { store: ChannelStore; state: ChannelState } {
  const [store] = useState(() => storeOf(channel, me))
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') store.look()
    }
    void store.start()
    document.addEventListener('visibilitychange', look)
    // Two windows side by side are both visible: the one that is clicked is the one that is looked at.
    window.addEventListener('focus', look)
    window.addEventListener('online', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('focus', look)
      window.removeEventListener('online', look)
      store.stop()
    }
  }, [store])
  return { store, state: useSyncExternalStore(store.subscribe, store.snapshot) }
}
