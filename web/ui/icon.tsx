const paths = {
  alert: 'M12 8v5m0 3.5v.01M10.3 3.9 2.6 17.3A2 2 0 0 0 4.3 20.3h15.4a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z',
  arrowLeft: 'M19 12H5m6-6-6 6 6 6',
  arrowRight: 'M5 12h14m-6-6 6 6-6 6',
  bell: 'M6 9a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7m4 11a2 2 0 0 0 4 0',
  book: 'M12 6.5C10 5 7 4.5 3 4.5v14c4 0 7 .5 9 2 2-1.5 5-2 9-2v-14c-4 0-7 .5-9 2Zm0 0v14',
  calendar: 'M4 6.5h16v14H4zM4 10.5h16M8 3.5v4m8-4v4',
  card: 'M3 5.5h18v13H3zM3 10h18M7 15h3',
  chart: 'M4 4v16h16M8.5 16v-4m4 4V8m4 8v-6',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevronDown: 'm6 9.5 6 6 6-6',
  chevronRight: 'm9.5 6 6 6-6 6',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  close: 'm6 6 12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  edit: 'm4 20 1-4L16 5l3 3L8 19zM14 7l3 3',
  external: 'M14 4h6v6m0-6-9 9M18 14v6H4V6h6',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  hash: 'M5 9h15M4 15h15M10 4 8 20m8-16-2 16',
  help: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Zm-2.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7m0 3v.01',
  home: 'm3.5 11 8.5-7 8.5 7M6 9.5V20h12V9.5M10 20v-6h4v6',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5.5m0-8.5v.01',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3',
  logout: 'M14 4h5v16h-5M10 8l-4 4 4 4m-4-4h9',
  mail: 'M3 5.5h18v13H3zm0 1 9 7 9-7',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  money: 'M18 6.5A7 7 0 1 0 18 17.5M3.5 10.5H13m-9.5 3H12',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  pearl: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm-4 7a4 4 0 0 1 3-3',
  plus: 'M12 5v14m-7-7h14',
  refresh: 'M20 5v5h-5M4 19v-5h5M5.5 9a7 7 0 0 1 11.8-2L20 10M4 14l2.7 3a7 7 0 0 0 11.8-2',
  reply: 'm9 6-5 5 5 5m-5-5h9a7 7 0 0 1 7 7v1',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm5 11.5L20 20',
  send: 'm4 12 16-8-5 16-3-7zM12 13l8-9',
  settings: 'M4 7h10m4 0h2M4 17h2m4 0h10M14 4.5v5m-6 5v5',
  shield: 'm12 3.5 7.5 2.5v6c0 4.5-3 7-7.5 8.5C7.5 19 4.5 16.5 4.5 12V6z',
  shop: 'M5 8h14l1 12H4zM9 10.5V7a3 3 0 0 1 6 0v3.5',
  smile: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01m6-.01v.01',
  sort: 'm8 10 4-4 4 4m-8 4 4 4 4-4',
  sortDown: 'm7 11 5 6 5-6m-5 6V6',
  sortUp: 'm7 13 5-6 5 6m-5-6v11',
  target: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Zm0 4.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0 3.5v1',
  trash: 'M4 7h16M9 7V4h6v3M6.5 7 7.5 20h9l1-13',
  trophy: 'M8 4h8v6a4 4 0 0 1-8 0zM8 6H4.5c0 3 1 5 3.5 5m8-5h3.5c0 3-1 5-3.5 5m-4 3v6m-4 0h8',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.5-4.5 3.5-6 7.5-6s7 1.5 7.5 6',
  users:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.4-4 3-5.2 6.5-5.2s6.1 1.2 6.5 5.2M16 5.2a3.5 3.5 0 0 1 0 6.6m2.3 2.9c1.9.7 3 2.1 3.2 4.8',
  wallet: 'M4 7V5.5h13V8M4 7v12h16V8H5a1 1 0 0 1-1-1Zm12 6.5v.01',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6-.5l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5',
} as const

export type IconName = keyof typeof paths

/** An ornament beside words, or inside a control that has its own name: never read aloud. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="ui-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
