import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { safePath } from '#domain/base/origin.ts'
import { startOver } from '#web/data/sign-in.ts'

/** Goes on as the person who has just signed in. The page that asked leaves the history: Back must not lead to a used link. */
export function useSignedIn() {
  const router = useRouter()
  const queryClient = useQueryClient()
  return async ({ next }: { next: string }) => {
    await startOver(queryClient)
    router.history.replace(safePath(next) ?? '/')
  }
}
