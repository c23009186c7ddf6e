import { useSuspenseQuery } from '@tanstack/react-query'
import { ApiError } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import { noteQuery, writeNote } from '#web/data/profiles.ts'

/** Writes a note; what somebody else wrote meanwhile is fetched, so that it can be read. */
export function useWriteNote(affiliateId: string) {
  const { refetch } = useSuspenseQuery(noteQuery(affiliateId))
  return useChange(writeNote, { onError: (error) => (isChanged(error) ? refetch() : undefined) })
}

/** Whether a writing was refused because the note is no longer what its writer had seen. */
export function isChanged(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'note_changed'
}

/** Of what takes the place of what had the focus. It is one and the same function, so that it is called once. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus()
