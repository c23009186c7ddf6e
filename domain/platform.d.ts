/**
 * The three globals that the rules may use: they compute, and do neither I/O nor read a clock. Everything else of a browser, Node or a Worker is
 * unknown to the compiler here.
 */

declare class URL {
  constructor(url: string | URL, base?: string)
  static canParse(url: string, base?: string): boolean
  readonly origin: string
  readonly host: string
  readonly hostname: string
  readonly searchParams: URLSearchParams
  href: string
  protocol: string
  username: string
  password: string
  port: string
  pathname: string
  search: string
  hash: string
}

interface URLSearchParams extends Iterable<[string, string]> {
  get(name: string): string | null
  has(name: string): boolean
  set(name: string, value: string): void
  append(name: string, value: string): void
  delete(name: string): void
  entries(): IterableIterator<[string, string]>
  keys(): IterableIterator<string>
  toString(): string
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(bytes?: Uint8Array): string
}

declare function structuredClone<T>(value: T): T
