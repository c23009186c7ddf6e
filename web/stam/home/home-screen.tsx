import './home.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { meQuery } from '#web/data/me.ts'
import { ClientHome } from './client-home.tsx'
import { VisitorHome } from './visitor-home.tsx'

export function HomeScreen() {
  const { user } = useSuspenseQuery(meQuery).data
  return user ? <ClientHome user={user} /> : <VisitorHome />
}
