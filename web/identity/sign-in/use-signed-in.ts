import { useRouter } from '@tanstack/react-router'
import { safePath } from '#domain/base/origin.ts'

/** Goes on as the person who has just signed in. The page that asked leaves the history: Back must not lead to a used link. */
export function useSignedIn() {
  const router = useRouter()
  return ({ next }: { next: string }) => router.history.replace(safePath(next) ?? '/')
}
