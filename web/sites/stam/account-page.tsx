import { AccountScreen } from '#web/overview/account-screen.tsx'

const communityPath = (slug: string) => `/c/${slug}`

export function AccountPage() {
  return <AccountScreen communityPath={communityPath} />
}
