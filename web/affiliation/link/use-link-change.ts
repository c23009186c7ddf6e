import { useMutation, useQueryClient } from '@tanstack/react-query'
import { messageOf } from '#web/data/api-error.ts'
import { changeLink, type LinkChange } from '#web/data/links.ts'
import { toast } from '#web/ui/toasts.tsx'

type Change = { id: string; change: LinkChange; text: string }

/** Changes a link and says so; every place that lists or counts links asks again. */
export function useLinkChange() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, change }: Change) => changeLink(id, change),
    onSuccess: async (_, { text }) => {
      toast(text)
      await Promise.all([['links'], ['marketplace'], ['affiliate', 'home']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    },
    onError: (error) => toast(messageOf(error), 'info'),
  })
}
