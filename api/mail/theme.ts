import type { Platform } from '#domain/base/enums.ts'

/** The look of a site's mails. Plain colours only: mail programs drop most of CSS. Every pair here reaches 4.5:1. */
export type MailTheme = {
  name: string
  scheme: 'dark' | 'light'
  page: string
  sheet: string
  line: string
  ink: string
  quiet: string
  accent: string
  onAccent: string
  radius: string
  font: string
}

export const MAIL_THEMES: Record<Platform, MailTheme> = {
  WEOKTO: {
    name: 'WEOKTO',
    scheme: 'dark',
    page: '#141414',
    sheet: '#1e1e1e',
    line: '#333333',
    ink: '#f2f2f2',
    quiet: '#b5b5b5',
    accent: '#B794F4',
    onAccent: '#141414',
    radius: '4px',
    font: "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace",
  },
  STAM: {
    name: 'STAM',
    scheme: 'light',
    page: '#F5F1E8',
    sheet: '#FFFDF8',
    line: '#E4DCC9',
    ink: '#2B2419',
    quiet: '#6B5F4B',
    accent: '#9A4B07',
    onAccent: '#FFFFFF',
    radius: '14px',
    font: "'Nunito','Avenir Next','Segoe UI',Helvetica,Arial,sans-serif",
  },
}
