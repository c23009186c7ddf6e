import { TYPING_EVERY_MS, TYPING_LASTS_MS, type ChannelEvent, type ServerFrame } from '#domain/community/chat-frames.ts'
import {
  addPending,
  applyEvents,
  dropPending,
  gapOf,
  prependHistory,
  setPending,
  startFrom,
  type PendingMessage,
  type Timeline,
} from '#domain/community/chat-order.ts'
import { cleanMessage } from '#domain/community/chat.ts'
import { doubtPerson } from '#web/data/doubt.ts'
import type { ChannelApi } from './channel-api.ts'
import { initialState, type ChannelState, type Typist } from './channel-state.ts'
import { openConnection, type Connection } from './connection.ts'
import type { Outbox } from './outbox.ts'
import { Sender } from './sender.ts'

/** Parallel writers' messages pass each other on the way by less than this; only then is a hole a loss. */
const GAP_PATIENCE_MS = 250
/** A message whose publication was lost leaves no hole until the next one: so one asks now and then anyway. */
const SYNC_EVERY_MS = 45_000
/** Whoever missed more than this starts anew from the newest page. */
const CATCH_UP_MAX = 600
const MARK_READ_AFTER_MS = 800

/** A message that is to be sent, for the first time or anew. */
const AGAIN = { status: 'pending', errorCode: null, errorText: null } as const

export interface ChannelStoreOptions {
  api: ChannelApi
  outbox: Outbox
  /** The reader's member id; null for staff who look on. */
  me: string | null
  /** How far the reader had read when the channel was opened. */
  lastReadSeq: number
  unread: number
  connect?: typeof openConnection
}

/** One open channel: its messages, its line to the room, and what was written here. No framework in it. */
export class ChannelStore {
  readonly #options: ChannelStoreOptions
  readonly #listeners = new Set<() => void>()
  readonly #sender: Sender
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #state: ChannelState
  #connection: Connection | null = null
  #syncing: Promise<void> | null = null
  /** Counts starts and stops: work that began before the last one no longer counts. */
  #era = 0
  #isStopped = true
  #readSeq: number
  #reportedSeq: number
  #typingToldAt = 0

  constructor(options: ChannelStoreOptions) {
    this.#options = options
    this.#state = initialState(options.me)
    this.#readSeq = options.lastReadSeq
    this.#reportedSeq = options.lastReadSeq
    this.#sender = new Sender(options.api, {
      next: () => this.#state.timeline.pending.find((message) => message.status === 'pending') ?? null,
      sent: (message) => this.#take([{ seq: message.seq, kind: 'message', message }]),
      failed: (clientId, why) => this.#setPending(clientId, { status: 'failed', ...why }),
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): ChannelState => this.#state

  /** Loads the newest page, then opens the line; what the outbox still holds is sent. */
  async start(): Promise<void> {
    this.#isStopped = false
    const era = ++this.#era
    const waiting = this.#options.outbox.load()
    this.#setTimeline(waiting.reduce(addPending, this.#state.timeline))
    await this.#loadNewest()
    if (era !== this.#era || this.#state.phase !== 'ready') return
    const connect = this.#options.connect ?? openConnection
    this.#connection = connect(() => this.#options.api.socketUrl(), {
      onOpen: () => this.#online(),
      onLost: () => this.#set({ line: 'offline', typists: [], online: null }),
      onClosed: () => {
        this.#set({ phase: 'closed', line: 'offline', typists: [], online: null })
        // The room closes for whoever lost their access, and for whoever is not signed in any more.
        doubtPerson()
      },
      onFrame: (frame) => this.#onFrame(frame),
    })
    void this.#sender.run()
    this.#syncLater()
  }

  async retry(): Promise<void> {
    this.#set({ phase: 'loading', error: null })
    await this.start()
  }

  stop(): void {
    this.#reportRead()
    this.#isStopped = true
    this.#era += 1
    this.#connection?.close()
    this.#sender.stop()
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  send(raw: string, replyToId: string | null): void {
    const content = cleanMessage(raw)
    if (content === '') return
    const message: PendingMessage = { clientId: newClientId(), content, replyToId, createdAt: new Date().toISOString(), ...AGAIN }
    this.#options.outbox.save(message)
    this.#set({ timeline: addPending(this.#state.timeline, message), dividerAfter: null })
    void this.#sender.run()
  }

  resend(clientId: string): void {
    this.#setPending(clientId, AGAIN)
    void this.#sender.run()
  }

  discard(clientId: string): void {
    this.#setTimeline(dropPending(this.#state.timeline, clientId))
  }

  /** Tells the others, at most as often as the room passes it on. */
  typing(): void {
    if (this.#state.line !== 'online' || Date.now() - this.#typingToldAt < TYPING_EVERY_MS) return
    this.#typingToldAt = Date.now()
    this.#connection?.send(JSON.stringify({ type: 'typing' }))
  }

  /** Everything on the screen has been seen. */
  read(): void {
    const { lastSeq } = this.#state.timeline
    if (lastSeq <= this.#readSeq || this.#options.me === null) return
    this.#readSeq = lastSeq
    this.#after('read', MARK_READ_AFTER_MS, () => this.#reportRead())
  }

  async loadOlder(): Promise<void> {
    const { timeline, isLoadingBefore } = this.#state
    const first = timeline.messages[0]
    if (!first || !timeline.hasMoreBefore || isLoadingBefore) return
    this.#set({ isLoadingBefore: true, olderFailed: false })
    try {
      const page = await this.#options.api.page(first.seq)
      this.#set({ timeline: prependHistory(this.#state.timeline, page.messages, page.hasMoreBefore), isLoadingBefore: false })
    } catch {
      this.#set({ isLoadingBefore: false, olderFailed: true })
    }
  }

  /** Somebody looks at this window, or its network is back. */
  look(): void {
    this.#connection?.resume()
    void this.sync()
  }

  /** Asks what was missed. */
  sync(): Promise<void> {
    this.#syncing ??= this.#catchUp().finally(() => {
      this.#syncing = null
    })
    return this.#syncing
  }

  #reportRead(): void {
    if (this.#readSeq <= this.#reportedSeq) return
    this.#reportedSeq = this.#readSeq
    // A mark that got lost is made again with the next one; nothing is to be said about it.
    this.#options.api.markRead(this.#readSeq).catch(() => undefined)
  }

  async #loadNewest(): Promise<void> {
    try {
      const page = await this.#options.api.page()
      const isFirst = this.#state.phase !== 'ready'
      const { lastReadSeq, unread } = this.#options
      const divider = isFirst ? { dividerAfter: unread > 0 ? lastReadSeq : null, liveFrom: page.lastSeq } : {}
      this.#set({ phase: 'ready', error: null, ...divider })
      this.#setTimeline(startFrom(this.#state.timeline, page))
    } catch (error) {
      if (this.#state.phase !== 'ready') this.#set({ phase: 'failed', error })
    }
  }

  async #catchUp(): Promise<void> {
    try {
      for (;;) {
        const page = await this.#options.api.events(this.#state.timeline.lastSeq)
        if (this.#isStopped) return
        if (page.lastSeq - this.#state.timeline.lastSeq > CATCH_UP_MAX) return await this.#loadNewest()
        this.#setTimeline(applyEvents(this.#state.timeline, page.events))
        if (page.isComplete || page.events.length === 0) return
      }
    } catch {
      // The line is down as well then, and its return asks again.
    }
  }

  #online(): void {
    this.#set({ line: 'online' })
    void this.sync()
    for (const { clientId, status, errorCode } of this.#state.timeline.pending) {
      if (status === 'failed' && errorCode === 'network') this.#setPending(clientId, AGAIN)
    }
    void this.#sender.run()
  }

  #onFrame(frame: ServerFrame): void {
    if (frame.type === 'events') this.#take(frame.events)
    else if (frame.type === 'presence') this.#set({ online: frame.online })
    else if (frame.type === 'typing' && frame.memberId !== this.#options.me) this.#showTyping(frame)
  }

  #take(events: readonly ChannelEvent[]): void {
    for (const { message } of events) this.#hideTyping(message.author.memberId)
    this.#setTimeline(applyEvents(this.#state.timeline, events))
    // A wait that has begun is not begun anew, or a busy channel would never be asked for what is missing.
    if (gapOf(this.#state.timeline) && !this.#timers.has('gap'))
      this.#after('gap', GAP_PATIENCE_MS, () => gapOf(this.#state.timeline) && void this.sync())
  }

  #showTyping({ memberId, displayName }: Typist): void {
    const others = this.#state.typists.filter((typist) => typist.memberId !== memberId)
    this.#set({ typists: [...others, { memberId, displayName }] })
    this.#after(`typing ${memberId}`, TYPING_LASTS_MS, () => this.#hideTyping(memberId))
  }

  #hideTyping(memberId: string): void {
    const typists = this.#state.typists.filter((typist) => typist.memberId !== memberId)
    if (typists.length < this.#state.typists.length) this.#set({ typists })
  }

  #syncLater(): void {
    this.#after('sync', SYNC_EVERY_MS, () => {
      if (globalThis.document?.visibilityState !== 'hidden') void this.sync()
      this.#syncLater()
    })
  }

  #setPending(clientId: string, change: Pick<PendingMessage, 'status' | 'errorCode' | 'errorText'>): void {
    this.#setTimeline(setPending(this.#state.timeline, clientId, change))
    const message = this.#state.timeline.pending.find((mine) => mine.clientId === clientId)
    if (message) this.#options.outbox.save(message)
  }

  /** What left `pending` has its place in the channel or was thrown away: the outbox forgets it. */
  #setTimeline(timeline: Timeline): void {
    const kept = new Set(timeline.pending.map((message) => message.clientId))
    for (const { clientId } of this.#state.timeline.pending) if (!kept.has(clientId)) this.#options.outbox.remove(clientId)
    this.#set({ timeline })
  }

  #set(change: Partial<ChannelState>): void {
    if (this.#isStopped) return
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  #after(name: string, ms: number, work: () => void): void {
    clearTimeout(this.#timers.get(name))
    if (this.#isStopped) return
    const timer = setTimeout(() => {
      this.#timers.delete(name)
      work()
    }, ms)
    this.#timers.set(name, timer)
  }
}

/** Random in every context: `crypto.randomUUID` is missing on plain http. */
function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
