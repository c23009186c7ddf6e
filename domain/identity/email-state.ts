/**
 * What is known of an address as a place for mail: when each of four things was last so. Times are those of the events themselves, never of their
 * arrival, and each only grows, so whatever order and however often events come in, they end in the same state.
 */
export interface EmailState {
  /** When a mail last came back for good. */
  bouncedAt: Date | null
  /** When its reader last called a mail of ours spam. */
  complainedAt: Date | null
  /** When somebody last showed that they read mail there. */
  provenAt: Date | null
  /** When somebody of ours, or the provider's own list, last let it be written to again. */
  liftedAt: Date | null
}

export const NOTHING_KNOWN: EmailState = { bouncedAt: null, complainedAt: null, provenAt: null, liftedAt: null }

/** `sentAt`: when the mail left that came back. */
export type EmailEvent =
  | { kind: 'bounced'; at: Date; sentAt: Date; isPermanent: boolean }
  | { kind: 'complained'; at: Date }
  | { kind: 'proven'; at: Date }
  | { kind: 'lifted'; at: Date }

/**
 * The state after an event. A bounce that is not permanent says nothing about the address. One that is counts from when it was said or when its
 * mail left, whichever is later. Two states of one address join as SQL's `greatest` of each time.
 */
export function decideEmailState(state: EmailState, event: EmailEvent): EmailState {
  switch (event.kind) {
    case 'bounced':
      return event.isPermanent ? { ...state, bouncedAt: later(state.bouncedAt, later(event.at, event.sentAt)) } : state
    case 'complained':
      return { ...state, complainedAt: later(state.complainedAt, event.at) }
    case 'proven':
      return { ...state, provenAt: later(state.provenAt, event.at) }
    case 'lifted':
      return { ...state, liftedAt: later(state.liftedAt, event.at) }
  }
}

export const EMAIL_MARKS = ['complained', 'bounced'] as const
export type EmailMark = (typeof EMAIL_MARKS)[number]

/**
 * Why no mail goes to an address, if any. A complaint stands until somebody lifts it and wins over any bounce, whichever came first; a bounce also
 * ends when its reader has shown since that mail arrives. Source: the provider suppresses an address after either, for every later mail
 * (https://resend.com/docs/dashboard/emails/email-suppressions).
 */
export function markOf({ bouncedAt, complainedAt, provenAt, liftedAt }: EmailState): EmailMark | null {
  if (stands(complainedAt, [liftedAt])) return 'complained'
  return stands(bouncedAt, [liftedAt, provenAt]) ? 'bounced' : null
}

/** Only what is later ends it. */
function stands(at: Date | null, ends: readonly (Date | null)[]): boolean {
  return at !== null && ends.every((end) => end === null || end.getTime() <= at.getTime())
}

function later(one: Date | null, other: Date): Date {
  return one !== null && one.getTime() > other.getTime() ? one : other
}
