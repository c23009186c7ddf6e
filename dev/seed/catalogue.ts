import type { PlanInterval } from '#domain/base/enums.ts'
import type { ButtonPaymentType, RateType } from '#domain/catalogue/enums.ts'

/** The demo's offers: two guilds on weokto.com, three communities on be-stam.com. Prices in cents, tax included; rates in ten-thousandths. */

export interface DemoPlan {
  slug: string
  name: string
  priceAmount: number
  billingInterval: PlanInterval
  trialDays?: number
  trialAmount?: number
  setupFee?: number
  cta: string
  payment: ButtonPaymentType
}

export interface DemoProduct {
  slug: string
  name: string
  shortDescription: string
  isFree?: boolean
  isFeatured?: boolean
  plans: DemoPlan[]
  program?: { rateType: RateType; rate: number; cookieDays: number; includeRenewals: boolean }
}

export interface DemoCommunity {
  platform: 'WEOKTO' | 'STAM'
  slug: string
  name: string
  supplierName?: string
  landing?: string
  channels: { category: string; name: string; slug: string; description: string; isReadOnly?: boolean }[]
  products: DemoProduct[]
}

const WELCOME = [
  { category: 'Accueil', name: 'bienvenue', slug: 'bienvenue', description: 'Présentez-vous en deux phrases, on vous répond.' },
  { category: 'Accueil', name: 'annonces', slug: 'annonces', description: 'Les nouvelles de la communauté.', isReadOnly: true },
]

export const DEMO_COMMUNITIES: DemoCommunity[] = [
  {
    platform: 'WEOKTO',
    slug: 'guilde-marketing',
    name: 'Guilde Marketing',
    channels: [
      ...WELCOME,
      { category: 'Atelier', name: 'vos pages', slug: 'vos-pages', description: 'Montrez une page, recevez trois remarques.' },
    ],
    products: [
      {
        slug: 'guilde-marketing-libre',
        name: 'Guilde Marketing · Libre',
        shortDescription: 'Le salon, les annonces et les bases.',
        isFree: true,
        plans: [],
      },
      {
        slug: 'guilde-marketing-premium',
        name: 'Guilde Marketing · Premium',
        shortDescription: 'Relectures de pages chaque semaine.',
        plans: [
          {
            slug: 'guilde-marketing-premium-mensuel',
            name: 'Mensuel',
            priceAmount: 2900,
            billingInterval: 'MONTHLY',
            cta: 'Rejoindre Premium',
            payment: 'subscription',
          },
        ],
      },
    ],
  },
  {
    platform: 'WEOKTO',
    slug: 'guilde-video',
    name: 'Guilde Vidéo',
    channels: [...WELCOME, { category: 'Atelier', name: 'montage', slug: 'montage', description: 'Coupes, rythme, sous-titres.' }],
    products: [
      {
        slug: 'guilde-video-libre',
        name: 'Guilde Vidéo · Libre',
        shortDescription: 'Écrire, tourner et monter court.',
        isFree: true,
        plans: [],
      },
    ],
  },
  {
    platform: 'STAM',
    slug: 'atelier-levain',
    name: 'Atelier Levain',
    supplierName: 'Maison Levain',
    landing: '/l/atelier-levain',
    channels: [
      ...WELCOME,
      { category: 'Au fournil', name: 'questions', slug: 'questions', description: 'Pâte, pousse, cuisson : demandez.' },
      { category: 'Au fournil', name: 'vos fournées', slug: 'vos-fournees', description: 'Montrez vos pains de la semaine.' },
    ],
    products: [
      {
        slug: 'atelier-levain-decouverte',
        name: 'Atelier Levain · Découverte',
        shortDescription: 'La recette de base et le salon d’accueil.',
        isFree: true,
        plans: [],
      },
      {
        slug: 'atelier-levain',
        name: 'Atelier Levain',
        shortDescription: 'Un pain par semaine, pas à pas, et des réponses le jour même.',
        isFeatured: true,
        plans: [
          {
            slug: 'atelier-levain-mensuel',
            name: 'Mensuel',
            priceAmount: 4900,
            billingInterval: 'MONTHLY',
            cta: 'S’inscrire',
            payment: 'subscription',
          },
          {
            slug: 'atelier-levain-annuel',
            name: 'Annuel',
            priceAmount: 49_000,
            billingInterval: 'ANNUALLY',
            cta: 'S’inscrire pour l’année',
            payment: 'subscription',
          },
        ],
        program: { rateType: 'percentage', rate: 3000, cookieDays: 30, includeRenewals: true },
      },
    ],
  },
  {
    platform: 'STAM',
    slug: 'dos-en-forme',
    name: 'Dos en Forme',
    supplierName: 'Studio Vertèbre',
    landing: '/l/dos-en-forme',
    channels: [...WELCOME, { category: 'Pratique', name: 'séances', slug: 'seances', description: 'Douze minutes par jour, ensemble.' }],
    products: [
      {
        slug: 'dos-en-forme',
        name: 'Dos en Forme',
        shortDescription: 'Douze minutes par jour pour un dos qui se fait oublier.',
        plans: [
          {
            slug: 'dos-en-forme-mensuel',
            name: 'Mensuel',
            priceAmount: 2900,
            billingInterval: 'MONTHLY',
            trialDays: 7,
            trialAmount: 0,
            cta: 'Essayer 7 jours',
            payment: 'subscription',
          },
          {
            slug: 'dos-en-forme-a-vie',
            name: 'À vie',
            priceAmount: 24_900,
            billingInterval: 'LIFETIME',
            cta: 'Prendre l’accès à vie',
            payment: 'one-time',
          },
        ],
        program: { rateType: 'percentage', rate: 2500, cookieDays: 30, includeRenewals: true },
      },
    ],
  },
  {
    platform: 'STAM',
    slug: 'photo-de-rue',
    name: 'Photo de Rue',
    supplierName: 'Collectif Trottoir',
    channels: [...WELCOME, { category: 'Dehors', name: 'sorties', slug: 'sorties', description: 'Où, quand, avec quelle lumière.' }],
    products: [
      {
        slug: 'photo-de-rue',
        name: 'Photo de Rue · la formation',
        shortDescription: 'Voir, attendre, déclencher : six semaines.',
        plans: [
          {
            slug: 'photo-de-rue-formation',
            name: 'Formation',
            priceAmount: 12_900,
            billingInterval: 'ONE_TIME',
            cta: 'Prendre la formation',
            payment: 'one-time',
          },
        ],
        program: { rateType: 'fixed', rate: 200_000, cookieDays: 60, includeRenewals: false },
      },
    ],
  },
]
