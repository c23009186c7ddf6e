import { messageOf } from '#web/data/api-error.ts'
import { changeLink } from '#web/data/links.ts'
import { useChange } from '#web/data/mutation.ts'
import { toast } from '#web/ui/toasts.tsx'

/** Changes a link and says so. */
export function useLinkChange() {
  return useChange(changeLink, {
    onAnswer: (_, { text }) => toast(text),
    onError: (error) => toast(messageOf(error), 'info'),
  })
}
