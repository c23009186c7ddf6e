/**
 * What `partyserver` builds on and our code sees of it. The whole of `@cloudflare/workers-types` would put a second `Request` and `Response` beside
 * those of the browser and of Node, which the other floors are written against.
 */
declare module 'cloudflare:workers' {
  export abstract class DurableObject<Env> {
    protected readonly env: Env
    constructor(state: DurableObjectState, env: Env)
  }
}

interface DurableObjectState {
  readonly storage: import('./host.ts').RoomStorage
}

declare namespace Cloudflare {
  interface Env extends Record<string, unknown> {}
}
