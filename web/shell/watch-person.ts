import type { AnyRouter } from '@tanstack/react-router'
import { forgetKept } from '#web/data/forget-kept.ts'
import { meQuery, type Me } from '#web/data/me.ts'
import { forgetAnswers } from '#web/data/start-over.ts'
import { onDoubt } from '#web/data/tabs.ts'
import type { RouterContext } from './context.ts'

const personOf = (me: Me | undefined): string | undefined => me && (me.user ? `${me.user.id} ${me.user.emailUnconfirmed}` : '')

/**
 * Keeps a page true to who is here. Signed in by the mail's link in another tab, a page that waits for that goes on; signed out in another tab, or
 * from another device, it shows nothing of the person any more. The guards of its routes say where to. Where nobody is signed in, nothing of
 * anybody is kept on the device.
 */
export function watchPerson(router: AnyRouter & { options: { context: RouterContext } }): void {
  const { queryClient }: RouterContext = router.options.context
  async function look(): Promise<void> {
    const before = personOf(queryClient.getQueryData(meQuery.queryKey))
    const me = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined)
    const after = personOf(me)
    if (after === '') forgetKept()
    if (before === undefined || after === undefined || before === after) return
    await router.invalidate()
    if (before === '') return
    await forgetAnswers(queryClient)
  }
  void queryClient.ensureQueryData(meQuery).then(
    ({ user }) => user ?? forgetKept(),
    () => undefined,
  )
  onDoubt(() => void look())
}
