import { AccountScreen } from '#web/overview/account-screen.tsx'

const communityPath = (slug: string) => `/communities/${slug}`

export function AccountPage() {
  return <AccountScreen communityPath={communityPath} />
}
