/** A running piece of the product as run.json names it. */
export interface Part {
  name: string
  url: string
  pid: number
  /** Settles when a part with a process of its own is gone; parts inside our process have none. */
  exited?: Promise<string>
}
