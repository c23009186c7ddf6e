import { app } from '#api/app.ts'

/** The routes that the app lists, once each; what only stands around them (middleware, the two catch-alls) is none. */
export function listedRoutes(): string[] {
  const routes = app.routes.filter(({ method, path }) => method !== 'ALL' || !path.endsWith('*'))
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))]
}
