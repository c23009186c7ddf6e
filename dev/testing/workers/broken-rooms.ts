import { PartyServerRoom, openDoor, type RoomsEnv } from '#realtime/party-server.ts'

interface Env extends RoomsEnv {
  /** "start": nothing can be stored. "enter": what a room itself stores cannot. */
  FAILS_AT: 'start' | 'enter'
}

/** Rooms whose storage fails, so that what they then tell those outside can be seen. */
export class Channel extends PartyServerRoom<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    const put = state.storage.put.bind(state.storage)
    state.storage.put = async (key, value) => {
      if (env.FAILS_AT === 'start' || /^(?:ticket|kick):/.test(key)) throw new Error('The disk of this room is gone.')
      return put(key, value)
    }
  }

  protected override lostRights(): Promise<null> {
    return Promise.resolve(null)
  }
}

export default {
  fetch: async (request: Request, env: Env): Promise<Response> => (await openDoor(request, env)) ?? new Response(null, { status: 404 }),
}
