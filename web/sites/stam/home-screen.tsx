import '#web/overview/client/home.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { meQuery } from '#web/data/me.ts'
import { VisitorHome } from './visitor-home.tsx'

// A visitor's first page has no use for it; for a client the route asks for it together with what it shows.
const ClientHome = lazy(() => import('#web/overview/client/client-home.tsx'))

export function HomeScreen() {
  const { user } = useSuspenseQuery(meQuery).data
  return user ? <ClientHome user={user} /> : <VisitorHome />
}
