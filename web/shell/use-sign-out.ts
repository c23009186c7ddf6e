import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useChange } from '#web/data/mutation.ts'
import { signOut } from '#web/data/sign-in.ts'

/** Leaves, from wherever it is asked: the next page is the site's first, as a visitor sees it. */
export function useSignOut(onError?: (error: Error) => void) {
  const router = useRouter()
  const queryClient = useQueryClient()
  return useChange(signOut, {
    onDone: async () => {
      await router.navigate({ to: '/' })
      await router.invalidate()
      // What the page that was left still showed.
      queryClient.removeQueries({ type: 'inactive' })
    },
    ...(onError && { onError }),
  })
}
