/** What a browser keeps for the person who is signed in, by how its keys begin. Nothing else of anybody is kept on a device. */
export const KEPT = { drafts: 'chat/', lastChannel: 'channel:' } as const
