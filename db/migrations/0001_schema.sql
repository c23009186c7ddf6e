CREATE TYPE "public"."affiliate_commission_status" AS ENUM('PENDING_LOCK', 'LOCKED', 'MATURED', 'PAID', 'CLAWED_BACK', 'PARTIALLY_MATURED');--> statement-breakpoint
CREATE TYPE "public"."affiliate_risk_level" AS ENUM('NORMAL', 'AT_RISK', 'HIGH_RISK', 'EXTREME_RISK');--> statement-breakpoint
CREATE TYPE "public"."boost_code_scope" AS ENUM('GLOBAL', 'SPECIFIC');--> statement-breakpoint
CREATE TYPE "public"."boost_redemption_status" AS ENUM('ACTIVE', 'EXPIRED', 'DEACTIVATED');--> statement-breakpoint
CREATE TYPE "public"."competition_mode" AS ENUM('SOLO', 'GUILD');--> statement-breakpoint
CREATE TYPE "public"."competition_type" AS ENUM('WEEKLY', 'MONTHLY', 'SEASONAL');--> statement-breakpoint
CREATE TYPE "public"."cosmetic_rarity" AS ENUM('COMMON', 'RARE', 'EPIC', 'LEGENDARY');--> statement-breakpoint
CREATE TYPE "public"."cosmetic_type" AS ENUM('BADGE', 'AVATAR_FRAME', 'BACKGROUND', 'EFFECT', 'TITLE');--> statement-breakpoint
CREATE TYPE "public"."customer_status" AS ENUM('TRIAL', 'ACTIVE', 'PAST_DUE', 'CANCELLED', 'EXPIRED', 'INCOMPLETE');--> statement-breakpoint
CREATE TYPE "public"."invoice_status" AS ENUM('DRAFT', 'PENDING', 'PAID', 'VOID', 'REFUNDED');--> statement-breakpoint
CREATE TYPE "public"."ledger_account" AS ENUM('PLATFORM', 'LOCKED', 'AVAILABLE', 'RESERVED', 'PAYABLE', 'DEBT');--> statement-breakpoint
CREATE TYPE "public"."ledger_entry_type" AS ENUM('COMMISSION_EARNED', 'COMMISSION_MATURED', 'COMMISSION_CLAWED_BACK', 'WITHDRAWAL_REQUESTED', 'WITHDRAWAL_APPROVED', 'WITHDRAWAL_PAID', 'WITHDRAWAL_REJECTED', 'ADJUSTMENT_CREDIT', 'ADJUSTMENT_DEBIT', 'FEE_DEDUCTED', 'DEBT_REPAID', 'COMMISSION_REINSTATED', 'WITHDRAWAL_CANCELLED', 'WITHDRAWAL_RETURNED');--> statement-breakpoint
CREATE TYPE "public"."member_role" AS ENUM('MEMBER', 'MODERATOR', 'ADMIN');--> statement-breakpoint
CREATE TYPE "public"."pearl_transaction_type" AS ENUM('SALE', 'COMPETITION', 'BONUS', 'PURCHASE', 'BOOST', 'EVENT');--> statement-breakpoint
CREATE TYPE "public"."plan_interval" AS ENUM('ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'LIFETIME');--> statement-breakpoint
CREATE TYPE "public"."platform" AS ENUM('WEOKTO', 'STAM');--> statement-breakpoint
CREATE TYPE "public"."progress_status" AS ENUM('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED');--> statement-breakpoint
CREATE TYPE "public"."refund_status" AS ENUM('PENDING', 'APPROVED', 'REJECTED', 'PROCESSED');--> statement-breakpoint
CREATE TYPE "public"."user_type" AS ENUM('CLIENT', 'AFFILIATE', 'ADMIN', 'PRODUCT_MANAGER', 'OWNER');--> statement-breakpoint
CREATE TYPE "public"."withdrawal_status" AS ENUM('PENDING_REVIEW', 'APPROVED', 'PAID', 'REJECTED', 'CANCELLED', 'RETURNED');--> statement-breakpoint
CREATE TABLE "affiliate_daily_stats" (
	"affiliateId" text NOT NULL,
	"linkId" text DEFAULT '' NOT NULL,
	"productId" text DEFAULT '' NOT NULL,
	"day" date NOT NULL,
	"grossClicks" integer DEFAULT 0 NOT NULL,
	"uniqueClicks" integer DEFAULT 0 NOT NULL,
	"filteredClicks" integer DEFAULT 0 NOT NULL,
	"salesCount" integer DEFAULT 0 NOT NULL,
	"salesCents" integer DEFAULT 0 NOT NULL,
	"commissionCents" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "affiliate_daily_stats_pkey" PRIMARY KEY("affiliateId","linkId","productId","day")
);
--> statement-breakpoint
CREATE TABLE "affiliate_links" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"affiliateId" text NOT NULL,
	"productId" text,
	"communityId" text,
	"label" text,
	"campaign" text,
	"toPath" text,
	"isActive" boolean DEFAULT true NOT NULL,
	"archivedAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_profiles" (
	"id" text PRIMARY KEY NOT NULL,
	"userId" text NOT NULL,
	"totalCommissionsEarned" integer DEFAULT 0 NOT NULL,
	"totalWithdrawn" integer DEFAULT 0 NOT NULL,
	"totalRefunded" integer DEFAULT 0 NOT NULL,
	"debtAmount" integer DEFAULT 0 NOT NULL,
	"currentGuildId" text,
	"guildJoinedAt" timestamp (3),
	"lastGuildChangeAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"blockedAt" timestamp (3),
	"blockedReason" text,
	"trustedAt" timestamp (3),
	"termsAcceptedAt" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "affiliate_attributions" (
	"id" text PRIMARY KEY NOT NULL,
	"affiliateTrackingEventId" text,
	"customerId" text,
	"productId" text NOT NULL,
	"affiliateId" text NOT NULL,
	"attributionModel" text DEFAULT 'last-click' NOT NULL,
	"isFreeProductAttribution" boolean DEFAULT false NOT NULL,
	"attributionExpiresAt" timestamp (3),
	"boundAt" timestamp (3) NOT NULL,
	"expiresAt" timestamp (3),
	"replacedAt" timestamp (3),
	"replacedByEventId" text,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"linkId" text,
	"source" text DEFAULT 'click' NOT NULL,
	"rateType" text,
	"rate" numeric(10, 4),
	"includeRenewals" boolean
);
--> statement-breakpoint
CREATE TABLE "affiliate_programs" (
	"id" text PRIMARY KEY NOT NULL,
	"productId" text NOT NULL,
	"isActive" boolean DEFAULT false NOT NULL,
	"defaultRateType" text NOT NULL,
	"defaultRate" numeric(10, 4) NOT NULL,
	"cookieDurationDays" integer DEFAULT 30 NOT NULL,
	"includeRenewals" boolean DEFAULT true NOT NULL,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_tracking_events" (
	"id" text PRIMARY KEY NOT NULL,
	"clickId" text NOT NULL,
	"affiliateId" text NOT NULL,
	"productId" text,
	"platform" "platform",
	"campaign" text,
	"source" text,
	"medium" text,
	"utm" jsonb,
	"ip" text,
	"userAgent" text,
	"fingerprint" text,
	"country" text,
	"city" text,
	"expiresAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"linkId" text,
	"subId" text,
	"visitorHash" text,
	"isUnique" boolean DEFAULT false NOT NULL,
	"filteredReason" text,
	"landingPath" text,
	"referrer" text
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" text PRIMARY KEY NOT NULL,
	"stamUserId" text NOT NULL,
	"productId" text NOT NULL,
	"currentPlanId" text,
	"status" "customer_status" DEFAULT 'TRIAL' NOT NULL,
	"trialEndsAt" timestamp (3),
	"subscriptionEndsAt" timestamp (3),
	"pciVaultToken" text,
	"pciVaultRef" text,
	"brand" text,
	"last4" text,
	"expMonth" integer,
	"expYear" integer,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"weoktoUserId" text,
	"country" char(2),
	"billingAnchorDay" integer,
	"currentPeriodStart" timestamp (3),
	"currentPeriodEnd" timestamp (3),
	"nextChargeAt" timestamp (3),
	"cancelledAt" timestamp (3),
	"fullPriceCharges" integer DEFAULT 0 NOT NULL,
	"trialUsedAt" timestamp (3),
	"activatedAt" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "invoice_series" (
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"lastNumber" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "invoice_series_pkey" PRIMARY KEY("series","year")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" text PRIMARY KEY NOT NULL,
	"customerId" text NOT NULL,
	"planId" text,
	"amountExcludingTax" integer NOT NULL,
	"taxAmount" integer DEFAULT 0 NOT NULL,
	"amountIncludingTax" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"status" "invoice_status" DEFAULT 'DRAFT' NOT NULL,
	"dueDate" timestamp (3),
	"paidAt" timestamp (3),
	"voidedAt" timestamp (3),
	"pciVaultPaymentId" text,
	"pciVaultStatus" text,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"number" text,
	"kind" text NOT NULL,
	"taxRateBps" integer NOT NULL,
	"country" char(2) NOT NULL,
	"checkoutSessionId" text,
	"periodStart" timestamp (3),
	"periodEnd" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"customerId" text NOT NULL,
	"invoiceId" text NOT NULL,
	"amount" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"reason" text,
	"status" "refund_status" DEFAULT 'PENDING' NOT NULL,
	"requestedAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"approvedAt" timestamp (3),
	"rejectedAt" timestamp (3),
	"processedAt" timestamp (3),
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_boost_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"boostType" text NOT NULL,
	"boostValue" numeric(10, 4) NOT NULL,
	"scope" "boost_code_scope" DEFAULT 'GLOBAL' NOT NULL,
	"targetProductIds" text[] NOT NULL,
	"validFrom" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"validUntil" timestamp (3),
	"maxUses" integer,
	"currentUses" integer DEFAULT 0 NOT NULL,
	"description" text,
	"isActive" boolean DEFAULT true NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"createdBy" text
);
--> statement-breakpoint
CREATE TABLE "affiliate_boost_redemptions" (
	"id" text PRIMARY KEY NOT NULL,
	"codeId" text NOT NULL,
	"affiliateId" text NOT NULL,
	"status" "boost_redemption_status" DEFAULT 'ACTIVE' NOT NULL,
	"redeemedAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"expiresAt" timestamp (3),
	"deactivatedAt" timestamp (3),
	"commissionsEarned" integer DEFAULT 0 NOT NULL,
	"salesCount" integer DEFAULT 0 NOT NULL,
	"metadata" jsonb
);
--> statement-breakpoint
CREATE TABLE "manual_payment_buttons" (
	"id" text PRIMARY KEY NOT NULL,
	"productId" text NOT NULL,
	"planId" text NOT NULL,
	"buttonKey" text NOT NULL,
	"displayName" text NOT NULL,
	"ctaText" text DEFAULT 'S''inscrire' NOT NULL,
	"pcivaultPaymentType" text NOT NULL,
	"pcivaultWebhookUrl" text,
	"successUrl" text,
	"cancelUrl" text,
	"isActive" boolean DEFAULT true NOT NULL,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" text PRIMARY KEY NOT NULL,
	"productId" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"priceAmount" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"billingInterval" "plan_interval" NOT NULL,
	"trialDays" integer,
	"trialAmount" integer,
	"setupFee" integer,
	"maxBillingCycles" integer,
	"isActive" boolean DEFAULT true NOT NULL,
	"isFeatured" boolean DEFAULT false NOT NULL,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_access" (
	"id" text PRIMARY KEY NOT NULL,
	"productId" text NOT NULL,
	"accessType" text NOT NULL,
	"targetId" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"communityId" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"shortDescription" text,
	"isFree" boolean DEFAULT false NOT NULL,
	"requiresTrial" boolean DEFAULT false NOT NULL,
	"isActive" boolean DEFAULT true NOT NULL,
	"isPublished" boolean DEFAULT false NOT NULL,
	"publishedAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"isFeatured" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_categories" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"communityId" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"createdBy" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_reads" (
	"channelId" bigint NOT NULL,
	"memberId" text NOT NULL,
	"lastReadSeq" integer DEFAULT 0 NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	CONSTRAINT "channel_reads_pkey" PRIMARY KEY("channelId","memberId")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"communityId" text NOT NULL,
	"categoryId" bigint,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"description" text,
	"isPrivate" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"createdBy" text NOT NULL,
	"lastSeq" integer DEFAULT 0 NOT NULL,
	"slowModeSeconds" integer DEFAULT 0 NOT NULL,
	"isReadOnly" boolean DEFAULT false NOT NULL,
	"archivedAt" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "message_reactions" (
	"messageId" bigint NOT NULL,
	"memberId" text NOT NULL,
	"emoji" text NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	CONSTRAINT "message_reactions_pkey" PRIMARY KEY("messageId","memberId","emoji")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"channelId" bigint NOT NULL,
	"communityId" text NOT NULL,
	"memberId" text NOT NULL,
	"content" text NOT NULL,
	"replyToId" bigint,
	"editedAt" timestamp (3),
	"deletedAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"seq" integer NOT NULL,
	"clientId" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "capture_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"checkoutSessionId" text NOT NULL,
	"uniqueId" text,
	"secretHash" text NOT NULL,
	"captureStartedAt" timestamp (3) NOT NULL,
	"expiresAt" timestamp (3) NOT NULL,
	"usedAt" timestamp (3),
	"deletedAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkout_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" "platform" NOT NULL,
	"buttonId" text NOT NULL,
	"productId" text NOT NULL,
	"planId" text NOT NULL,
	"stamUserId" text,
	"email" "citext" NOT NULL,
	"country" char(2) NOT NULL,
	"locale" text DEFAULT 'fr' NOT NULL,
	"browserHash" text NOT NULL,
	"state" text DEFAULT 'IDENTIFY' NOT NULL,
	"emailProvenAt" timestamp (3),
	"clickToken" text,
	"attribution" jsonb,
	"cardToken" text,
	"cardRef" text,
	"brand" text,
	"last4" text,
	"expMonth" integer,
	"expYear" integer,
	"cardCapturedAt" timestamp (3),
	"invoiceId" text,
	"customerId" text,
	"orderedAt" timestamp (3),
	"termsVersion" text,
	"consents" jsonb,
	"visitorHash" text,
	"ipCountry" char(2),
	"cardCountry" char(2),
	"expiresAt" timestamp (3) NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"invoiceId" text NOT NULL,
	"checkoutSessionId" text,
	"kind" text DEFAULT 'CHARGE' NOT NULL,
	"status" text DEFAULT 'CREATED' NOT NULL,
	"secretHash" text NOT NULL,
	"amountCents" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"idempotencyKey" text NOT NULL,
	"processorId" text,
	"processorStatus" text,
	"redirectUrl" text,
	"declineCode" text,
	"offSession" boolean DEFAULT false NOT NULL,
	"expiresAt" timestamp (3) NOT NULL,
	"sentAt" timestamp (3),
	"settledAt" timestamp (3),
	"nextReconcileAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_inbox" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"attemptId" text NOT NULL,
	"bodyHash" text NOT NULL,
	"receivedAt" timestamp (3) NOT NULL,
	"outcome" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_commissions" (
	"id" text PRIMARY KEY NOT NULL,
	"affiliateProgramId" text NOT NULL,
	"affiliateId" text NOT NULL,
	"customerId" text,
	"invoiceId" text,
	"status" "affiliate_commission_status" DEFAULT 'PENDING_LOCK' NOT NULL,
	"lockPeriodDays" integer NOT NULL,
	"lockedUntil" timestamp (3) NOT NULL,
	"maturesAt" timestamp (3) NOT NULL,
	"lockedAmount" integer NOT NULL,
	"extendedLockAmount" integer NOT NULL,
	"extendedLockedUntil" timestamp (3),
	"totalAmount" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"rateApplied" numeric(10, 4),
	"baseAmount" integer,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"policyVersion" integer NOT NULL,
	"profile" text NOT NULL,
	"earnedAt" timestamp (3) NOT NULL,
	"heldReasons" text[] DEFAULT ARRAY[]::text[] NOT NULL,
	"decideBy" timestamp (3),
	"clawedBackAmount" integer DEFAULT 0 NOT NULL,
	"mainMaturedAt" timestamp (3),
	"extendedMaturedAt" timestamp (3),
	"releasedAt" timestamp (3),
	"disputedAt" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "communities" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" "platform" NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"domain" text,
	"settings" jsonb,
	"supplierId" text,
	"supplierName" text,
	"landingPageUrl" text,
	"ownerNotes" text,
	"isActive" boolean DEFAULT true NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "community_members" (
	"id" text PRIMARY KEY NOT NULL,
	"communityId" text NOT NULL,
	"platform" "platform" NOT NULL,
	"weoktoUserId" text,
	"stamUserId" text,
	"email" "citext" NOT NULL,
	"displayName" text,
	"avatarUrl" text,
	"role" "member_role" DEFAULT 'MEMBER' NOT NULL,
	"joinedAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"lastActiveAt" timestamp (3),
	"lastReadAt" timestamp (3),
	"isActive" boolean DEFAULT true NOT NULL,
	"customerId" text,
	"currentProductId" text,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"bannedAt" timestamp (3),
	"mutedUntil" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "formation_modules" (
	"id" text PRIMARY KEY NOT NULL,
	"formationId" text NOT NULL,
	"moduleIndex" integer NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"videoUrl" text,
	"durationMinutes" integer DEFAULT 0 NOT NULL,
	"isPublished" boolean DEFAULT false NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "formations" (
	"id" text PRIMARY KEY NOT NULL,
	"communityId" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"subtitle" text,
	"description" text,
	"level" text,
	"coverImageUrl" text,
	"estimatedMinutes" integer DEFAULT 0 NOT NULL,
	"tags" text[] DEFAULT ARRAY[]::text[] NOT NULL,
	"isPublished" boolean DEFAULT false NOT NULL,
	"publishedAt" timestamp (3),
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stam_progress" (
	"id" text PRIMARY KEY NOT NULL,
	"stamUserId" text NOT NULL,
	"formationId" text NOT NULL,
	"moduleId" text NOT NULL,
	"moduleIndex" integer NOT NULL,
	"timeSpent" integer DEFAULT 0 NOT NULL,
	"status" "progress_status" DEFAULT 'NOT_STARTED' NOT NULL,
	"startedAt" timestamp (3),
	"completedAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "magic_link_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"email" "citext" NOT NULL,
	"token" text NOT NULL,
	"platform" "platform" NOT NULL,
	"expiresAt" timestamp (3) NOT NULL,
	"usedAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"codeHash" text NOT NULL,
	"browserHash" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"locale" text DEFAULT 'fr' NOT NULL,
	"nextPath" text,
	"purpose" text DEFAULT 'sign_in' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stam_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"userId" text NOT NULL,
	"token" text NOT NULL,
	"expiresAt" timestamp (3) NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"lastSeenAt" timestamp (3) NOT NULL,
	"authenticatedAt" timestamp (3) NOT NULL,
	"ip" text,
	"userAgent" text,
	"visitorHash" text,
	"scopeCustomerId" text
);
--> statement-breakpoint
CREATE TABLE "stam_users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" "citext" NOT NULL,
	"authId" text NOT NULL,
	"displayName" text,
	"avatarUrl" text,
	"bio" text,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"lastLoginAt" timestamp (3),
	"emailVerifiedAt" timestamp (3),
	"locale" text DEFAULT 'fr' NOT NULL,
	"bannedAt" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "terms_acceptances" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" "platform" NOT NULL,
	"userId" text NOT NULL,
	"document" text NOT NULL,
	"version" text NOT NULL,
	"acceptedAt" timestamp (3) NOT NULL,
	"ip" text,
	"checkoutSessionId" text
);
--> statement-breakpoint
CREATE TABLE "weokto_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"userId" text NOT NULL,
	"token" text NOT NULL,
	"expiresAt" timestamp (3) NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"lastSeenAt" timestamp (3) NOT NULL,
	"authenticatedAt" timestamp (3) NOT NULL,
	"ip" text,
	"userAgent" text,
	"visitorHash" text
);
--> statement-breakpoint
CREATE TABLE "weokto_users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" "citext" NOT NULL,
	"authId" text NOT NULL,
	"displayName" text,
	"avatarUrl" text,
	"bio" text,
	"userType" "user_type" DEFAULT 'CLIENT' NOT NULL,
	"firstCommissionAt" timestamp (3),
	"totalRefunds" integer DEFAULT 0 NOT NULL,
	"refundRate" numeric(5, 4) DEFAULT 0 NOT NULL,
	"riskLevel" "affiliate_risk_level" DEFAULT 'NORMAL' NOT NULL,
	"pearlBalance" integer DEFAULT 0 NOT NULL,
	"pearlsEarned" integer DEFAULT 0 NOT NULL,
	"pearlsSpent" integer DEFAULT 0 NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL,
	"lastLoginAt" timestamp (3),
	"emailVerifiedAt" timestamp (3),
	"locale" text DEFAULT 'fr' NOT NULL,
	"bannedAt" timestamp (3)
);
--> statement-breakpoint
CREATE TABLE "affiliate_balances" (
	"affiliateId" text NOT NULL,
	"account" "ledger_account" NOT NULL,
	"balance" integer DEFAULT 0 NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "affiliate_balances_pkey" PRIMARY KEY("affiliateId","account")
);
--> statement-breakpoint
CREATE TABLE "affiliate_ledger" (
	"id" text PRIMARY KEY NOT NULL,
	"affiliateId" text NOT NULL,
	"type" "ledger_entry_type" NOT NULL,
	"amount" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"balanceAfter" integer NOT NULL,
	"commissionId" text,
	"withdrawalId" text,
	"description" text NOT NULL,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"createdBy" text,
	"account" "ledger_account" NOT NULL,
	"transactionId" text NOT NULL,
	"seq" integer NOT NULL,
	"idempotencyKey" text NOT NULL,
	"eventAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_lot_takes" (
	"lotId" text NOT NULL,
	"transactionId" text NOT NULL,
	"amount" integer NOT NULL,
	CONSTRAINT "affiliate_lot_takes_pkey" PRIMARY KEY("lotId","transactionId")
);
--> statement-breakpoint
CREATE TABLE "affiliate_lots" (
	"id" text PRIMARY KEY NOT NULL,
	"affiliateId" text NOT NULL,
	"commissionId" text,
	"source" text NOT NULL,
	"amount" integer NOT NULL,
	"remaining" integer NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"eventAt" timestamp (3) NOT NULL,
	"seq" bigserial NOT NULL
);
--> statement-breakpoint
CREATE TABLE "withdrawal_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"affiliateId" text NOT NULL,
	"requestedAmount" integer NOT NULL,
	"feeAmount" integer NOT NULL,
	"netAmount" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"status" "withdrawal_status" DEFAULT 'PENDING_REVIEW' NOT NULL,
	"requestedAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"reviewedAt" timestamp (3),
	"approvedAt" timestamp (3),
	"paidAt" timestamp (3),
	"rejectedAt" timestamp (3),
	"paymentMethod" text,
	"payoutReference" text,
	"payoutProof" text,
	"notes" text,
	"rejectionReason" text,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"actorId" text,
	"actorRole" text NOT NULL,
	"action" text NOT NULL,
	"targetType" text NOT NULL,
	"targetId" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"ip" text,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"job" text PRIMARY KEY NOT NULL,
	"scheduledFor" timestamp (3) NOT NULL,
	"startedAt" timestamp (3) NOT NULL,
	"finishedAt" timestamp (3),
	"ok" boolean DEFAULT false NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" "platform" NOT NULL,
	"userId" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"readAt" timestamp (3),
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" text NOT NULL,
	"dedupeKey" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"nextAttemptAt" timestamp (3) NOT NULL,
	"lockedUntil" timestamp (3),
	"sentAt" timestamp (3),
	"failedAt" timestamp (3),
	"lastError" text,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"version" integer PRIMARY KEY NOT NULL,
	"validFrom" timestamp (3) NOT NULL,
	"json" jsonb NOT NULL,
	"createdBy" text,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text NOT NULL,
	"windowStart" timestamp (3) NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "rate_limits_pkey" PRIMARY KEY("key","windowStart")
);
--> statement-breakpoint
CREATE TABLE "competition_leaderboard" (
	"id" text PRIMARY KEY NOT NULL,
	"competitionId" text NOT NULL,
	"userId" text,
	"guildId" text,
	"totalSales" integer DEFAULT 0 NOT NULL,
	"salesCount" integer DEFAULT 0 NOT NULL,
	"rank" integer,
	"rewardClaimed" boolean DEFAULT false NOT NULL,
	"claimedAt" timestamp (3),
	"updatedAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "competitions" (
	"id" text PRIMARY KEY NOT NULL,
	"type" "competition_type" NOT NULL,
	"mode" "competition_mode" NOT NULL,
	"startDate" timestamp (3) NOT NULL,
	"endDate" timestamp (3) NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"rewards" jsonb NOT NULL,
	"isActive" boolean DEFAULT true NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cosmetics" (
	"id" text PRIMARY KEY NOT NULL,
	"type" "cosmetic_type" NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"rarity" "cosmetic_rarity" DEFAULT 'COMMON' NOT NULL,
	"imageUrl" text,
	"animationUrl" text,
	"pearlPrice" integer NOT NULL,
	"isActive" boolean DEFAULT true NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pearl_transactions" (
	"id" text PRIMARY KEY NOT NULL,
	"userId" text NOT NULL,
	"type" "pearl_transaction_type" NOT NULL,
	"amount" integer NOT NULL,
	"description" text NOT NULL,
	"metadata" jsonb,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"invoiceId" text,
	"idempotencyKey" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_cosmetics" (
	"id" text PRIMARY KEY NOT NULL,
	"userId" text NOT NULL,
	"cosmeticId" text NOT NULL,
	"isEquipped" boolean DEFAULT false NOT NULL,
	"obtainedAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"equippedAt" timestamp (3)
);
--> statement-breakpoint
ALTER TABLE "affiliate_daily_stats" ADD CONSTRAINT "affiliate_daily_stats_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_links" ADD CONSTRAINT "affiliate_links_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_links" ADD CONSTRAINT "affiliate_links_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_links" ADD CONSTRAINT "affiliate_links_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_profiles" ADD CONSTRAINT "affiliate_profiles_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_profiles" ADD CONSTRAINT "affiliate_profiles_currentGuildId_fkey" FOREIGN KEY ("currentGuildId") REFERENCES "public"."communities"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_attributions" ADD CONSTRAINT "affiliate_attributions_affiliateTrackingEventId_fkey" FOREIGN KEY ("affiliateTrackingEventId") REFERENCES "public"."affiliate_tracking_events"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_attributions" ADD CONSTRAINT "affiliate_attributions_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_attributions" ADD CONSTRAINT "affiliate_attributions_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_attributions" ADD CONSTRAINT "affiliate_attributions_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_attributions" ADD CONSTRAINT "affiliate_attributions_replacedByEventId_fkey" FOREIGN KEY ("replacedByEventId") REFERENCES "public"."affiliate_tracking_events"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_attributions" ADD CONSTRAINT "affiliate_attributions_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "public"."affiliate_links"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_programs" ADD CONSTRAINT "affiliate_programs_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_tracking_events" ADD CONSTRAINT "affiliate_tracking_events_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_tracking_events" ADD CONSTRAINT "affiliate_tracking_events_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_tracking_events" ADD CONSTRAINT "affiliate_tracking_events_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "public"."affiliate_links"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_stamUserId_fkey" FOREIGN KEY ("stamUserId") REFERENCES "public"."stam_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_currentPlanId_fkey" FOREIGN KEY ("currentPlanId") REFERENCES "public"."plans"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_weoktoUserId_fkey" FOREIGN KEY ("weoktoUserId") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_planId_fkey" FOREIGN KEY ("planId") REFERENCES "public"."plans"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_checkoutSessionId_fkey" FOREIGN KEY ("checkoutSessionId") REFERENCES "public"."checkout_sessions"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "public"."invoices"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_boost_codes" ADD CONSTRAINT "affiliate_boost_codes_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_boost_redemptions" ADD CONSTRAINT "affiliate_boost_redemptions_codeId_fkey" FOREIGN KEY ("codeId") REFERENCES "public"."affiliate_boost_codes"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_boost_redemptions" ADD CONSTRAINT "affiliate_boost_redemptions_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "manual_payment_buttons" ADD CONSTRAINT "manual_payment_buttons_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "manual_payment_buttons" ADD CONSTRAINT "manual_payment_buttons_planId_fkey" FOREIGN KEY ("planId") REFERENCES "public"."plans"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "product_access" ADD CONSTRAINT "product_access_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "channel_categories" ADD CONSTRAINT "channel_categories_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "channel_reads" ADD CONSTRAINT "channel_reads_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "public"."channels"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "channel_reads" ADD CONSTRAINT "channel_reads_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "public"."community_members"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "public"."channel_categories"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "message_reactions" ADD CONSTRAINT "message_reactions_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "public"."messages"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "message_reactions" ADD CONSTRAINT "message_reactions_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "public"."community_members"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "public"."channels"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "public"."community_members"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_replyToId_fkey" FOREIGN KEY ("replyToId") REFERENCES "public"."messages"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "capture_sessions" ADD CONSTRAINT "capture_sessions_checkoutSessionId_fkey" FOREIGN KEY ("checkoutSessionId") REFERENCES "public"."checkout_sessions"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_buttonId_fkey" FOREIGN KEY ("buttonId") REFERENCES "public"."manual_payment_buttons"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_planId_fkey" FOREIGN KEY ("planId") REFERENCES "public"."plans"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_stamUserId_fkey" FOREIGN KEY ("stamUserId") REFERENCES "public"."stam_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "public"."invoices"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "public"."invoices"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_checkoutSessionId_fkey" FOREIGN KEY ("checkoutSessionId") REFERENCES "public"."checkout_sessions"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_commissions" ADD CONSTRAINT "affiliate_commissions_affiliateProgramId_fkey" FOREIGN KEY ("affiliateProgramId") REFERENCES "public"."affiliate_programs"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_commissions" ADD CONSTRAINT "affiliate_commissions_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_commissions" ADD CONSTRAINT "affiliate_commissions_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_commissions" ADD CONSTRAINT "affiliate_commissions_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "public"."invoices"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_weoktoUserId_fkey" FOREIGN KEY ("weoktoUserId") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_stamUserId_fkey" FOREIGN KEY ("stamUserId") REFERENCES "public"."stam_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_currentProductId_fkey" FOREIGN KEY ("currentProductId") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "formation_modules" ADD CONSTRAINT "formation_modules_formationId_fkey" FOREIGN KEY ("formationId") REFERENCES "public"."formations"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "formations" ADD CONSTRAINT "formations_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "public"."communities"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "stam_progress" ADD CONSTRAINT "stam_progress_stamUserId_fkey" FOREIGN KEY ("stamUserId") REFERENCES "public"."stam_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "stam_progress" ADD CONSTRAINT "stam_progress_formationId_fkey" FOREIGN KEY ("formationId") REFERENCES "public"."formations"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "stam_progress" ADD CONSTRAINT "stam_progress_moduleId_fkey" FOREIGN KEY ("moduleId") REFERENCES "public"."formation_modules"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "stam_sessions" ADD CONSTRAINT "stam_sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."stam_users"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "stam_sessions" ADD CONSTRAINT "stam_sessions_scopeCustomerId_fkey" FOREIGN KEY ("scopeCustomerId") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "weokto_sessions" ADD CONSTRAINT "weokto_sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."weokto_users"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_balances" ADD CONSTRAINT "affiliate_balances_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_ledger" ADD CONSTRAINT "affiliate_ledger_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_ledger" ADD CONSTRAINT "affiliate_ledger_commissionId_fkey" FOREIGN KEY ("commissionId") REFERENCES "public"."affiliate_commissions"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_ledger" ADD CONSTRAINT "affiliate_ledger_withdrawalId_fkey" FOREIGN KEY ("withdrawalId") REFERENCES "public"."withdrawal_requests"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_ledger" ADD CONSTRAINT "affiliate_ledger_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_lot_takes" ADD CONSTRAINT "affiliate_lot_takes_lotId_fkey" FOREIGN KEY ("lotId") REFERENCES "public"."affiliate_lots"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_lots" ADD CONSTRAINT "affiliate_lots_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_lots" ADD CONSTRAINT "affiliate_lots_commissionId_fkey" FOREIGN KEY ("commissionId") REFERENCES "public"."affiliate_commissions"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "withdrawal_requests" ADD CONSTRAINT "withdrawal_requests_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "competition_leaderboard" ADD CONSTRAINT "competition_leaderboard_competitionId_fkey" FOREIGN KEY ("competitionId") REFERENCES "public"."competitions"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "competition_leaderboard" ADD CONSTRAINT "competition_leaderboard_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "competition_leaderboard" ADD CONSTRAINT "competition_leaderboard_guildId_fkey" FOREIGN KEY ("guildId") REFERENCES "public"."communities"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "pearl_transactions" ADD CONSTRAINT "pearl_transactions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "pearl_transactions" ADD CONSTRAINT "pearl_transactions_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "public"."invoices"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "user_cosmetics" ADD CONSTRAINT "user_cosmetics_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."weokto_users"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "user_cosmetics" ADD CONSTRAINT "user_cosmetics_cosmeticId_fkey" FOREIGN KEY ("cosmeticId") REFERENCES "public"."cosmetics"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "affiliate_daily_stats_affiliateId_day_idx" ON "affiliate_daily_stats" USING btree ("affiliateId","day");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_links_code_key" ON "affiliate_links" USING btree ("code");--> statement-breakpoint
CREATE INDEX "affiliate_links_affiliateId_createdAt_idx" ON "affiliate_links" USING btree ("affiliateId","createdAt");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_profiles_userId_key" ON "affiliate_profiles" USING btree ("userId");--> statement-breakpoint
CREATE INDEX "affiliate_profiles_currentGuildId_idx" ON "affiliate_profiles" USING btree ("currentGuildId");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_attributions_one_live_key" ON "affiliate_attributions" USING btree ("customerId","productId") WHERE "replacedAt" IS NULL AND NOT "isFreeProductAttribution";--> statement-breakpoint
CREATE INDEX "affiliate_attributions_customerId_productId_idx" ON "affiliate_attributions" USING btree ("customerId","productId");--> statement-breakpoint
CREATE INDEX "affiliate_attributions_affiliateId_idx" ON "affiliate_attributions" USING btree ("affiliateId");--> statement-breakpoint
CREATE INDEX "affiliate_attributions_attributionExpiresAt_idx" ON "affiliate_attributions" USING btree ("attributionExpiresAt");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_programs_productId_key" ON "affiliate_programs" USING btree ("productId");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_tracking_events_clickId_key" ON "affiliate_tracking_events" USING btree ("clickId");--> statement-breakpoint
CREATE INDEX "affiliate_tracking_events_clickId_idx" ON "affiliate_tracking_events" USING btree ("clickId");--> statement-breakpoint
CREATE INDEX "affiliate_tracking_events_affiliateId_idx" ON "affiliate_tracking_events" USING btree ("affiliateId");--> statement-breakpoint
CREATE INDEX "affiliate_tracking_events_expiresAt_idx" ON "affiliate_tracking_events" USING btree ("expiresAt");--> statement-breakpoint
CREATE INDEX "affiliate_tracking_events_productId_idx" ON "affiliate_tracking_events" USING btree ("productId");--> statement-breakpoint
CREATE INDEX "affiliate_tracking_events_linkId_visitorHash_createdAt_idx" ON "affiliate_tracking_events" USING btree ("linkId","visitorHash","createdAt");--> statement-breakpoint
CREATE INDEX "affiliate_tracking_events_affiliateId_createdAt_idx" ON "affiliate_tracking_events" USING btree ("affiliateId","createdAt");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_stamUserId_productId_key" ON "customers" USING btree ("stamUserId","productId");--> statement-breakpoint
CREATE INDEX "customers_stamUserId_idx" ON "customers" USING btree ("stamUserId");--> statement-breakpoint
CREATE INDEX "customers_productId_idx" ON "customers" USING btree ("productId");--> statement-breakpoint
CREATE INDEX "customers_pciVaultToken_idx" ON "customers" USING btree ("pciVaultToken");--> statement-breakpoint
CREATE INDEX "customers_weoktoUserId_idx" ON "customers" USING btree ("weoktoUserId");--> statement-breakpoint
CREATE INDEX "customers_status_nextChargeAt_idx" ON "customers" USING btree ("status","nextChargeAt");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_number_key" ON "invoices" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_checkoutSessionId_key" ON "invoices" USING btree ("checkoutSessionId");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_one_pending_key" ON "invoices" USING btree ("customerId") WHERE "status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "invoices_customerId_idx" ON "invoices" USING btree ("customerId");--> statement-breakpoint
CREATE INDEX "invoices_status_idx" ON "invoices" USING btree ("status");--> statement-breakpoint
CREATE INDEX "invoices_pciVaultPaymentId_idx" ON "invoices" USING btree ("pciVaultPaymentId");--> statement-breakpoint
CREATE INDEX "invoices_paidAt_idx" ON "invoices" USING btree ("paidAt");--> statement-breakpoint
CREATE INDEX "refunds_customerId_idx" ON "refunds" USING btree ("customerId");--> statement-breakpoint
CREATE INDEX "refunds_status_idx" ON "refunds" USING btree ("status");--> statement-breakpoint
CREATE INDEX "refunds_invoiceId_idx" ON "refunds" USING btree ("invoiceId");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_boost_codes_code_key" ON "affiliate_boost_codes" USING btree ("code");--> statement-breakpoint
CREATE INDEX "affiliate_boost_codes_code_idx" ON "affiliate_boost_codes" USING btree ("code");--> statement-breakpoint
CREATE INDEX "affiliate_boost_codes_scope_idx" ON "affiliate_boost_codes" USING btree ("scope");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_boost_redemptions_one_active_key" ON "affiliate_boost_redemptions" USING btree ("affiliateId") WHERE "status" = 'ACTIVE';--> statement-breakpoint
CREATE INDEX "affiliate_boost_redemptions_affiliateId_idx" ON "affiliate_boost_redemptions" USING btree ("affiliateId");--> statement-breakpoint
CREATE INDEX "affiliate_boost_redemptions_codeId_idx" ON "affiliate_boost_redemptions" USING btree ("codeId");--> statement-breakpoint
CREATE UNIQUE INDEX "manual_payment_buttons_buttonKey_key" ON "manual_payment_buttons" USING btree ("buttonKey");--> statement-breakpoint
CREATE INDEX "manual_payment_buttons_buttonKey_idx" ON "manual_payment_buttons" USING btree ("buttonKey");--> statement-breakpoint
CREATE INDEX "manual_payment_buttons_productId_idx" ON "manual_payment_buttons" USING btree ("productId");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_slug_key" ON "plans" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "plans_productId_idx" ON "plans" USING btree ("productId");--> statement-breakpoint
CREATE INDEX "plans_slug_idx" ON "plans" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "product_access_productId_idx" ON "product_access" USING btree ("productId");--> statement-breakpoint
CREATE INDEX "product_access_accessType_targetId_idx" ON "product_access" USING btree ("accessType","targetId");--> statement-breakpoint
CREATE UNIQUE INDEX "products_slug_key" ON "products" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "products_communityId_idx" ON "products" USING btree ("communityId");--> statement-breakpoint
CREATE INDEX "products_slug_idx" ON "products" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_categories_communityId_slug_key" ON "channel_categories" USING btree ("communityId","slug");--> statement-breakpoint
CREATE INDEX "channel_reads_memberId_idx" ON "channel_reads" USING btree ("memberId");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_communityId_slug_key" ON "channels" USING btree ("communityId","slug");--> statement-breakpoint
CREATE INDEX "channels_communityId_idx" ON "channels" USING btree ("communityId");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_channelId_seq_key" ON "messages" USING btree ("channelId","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_channelId_memberId_clientId_key" ON "messages" USING btree ("channelId","memberId","clientId");--> statement-breakpoint
CREATE INDEX "messages_channelId_createdAt_idx" ON "messages" USING btree ("channelId","createdAt" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "messages_communityId_idx" ON "messages" USING btree ("communityId");--> statement-breakpoint
CREATE INDEX "messages_replyToId_idx" ON "messages" USING btree ("replyToId");--> statement-breakpoint
CREATE INDEX "capture_sessions_checkoutSessionId_idx" ON "capture_sessions" USING btree ("checkoutSessionId");--> statement-breakpoint
CREATE INDEX "capture_sessions_expiresAt_idx" ON "capture_sessions" USING btree ("expiresAt");--> statement-breakpoint
CREATE INDEX "checkout_sessions_email_idx" ON "checkout_sessions" USING btree ("email");--> statement-breakpoint
CREATE INDEX "checkout_sessions_stamUserId_idx" ON "checkout_sessions" USING btree ("stamUserId");--> statement-breakpoint
CREATE INDEX "checkout_sessions_state_expiresAt_idx" ON "checkout_sessions" USING btree ("state","expiresAt");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_idempotencyKey_key" ON "payment_attempts" USING btree ("idempotencyKey");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_open_key" ON "payment_attempts" USING btree ("invoiceId") WHERE "status" IN ('CREATED', 'SENT', 'REQUIRES_ACTION', 'UNKNOWN');--> statement-breakpoint
CREATE INDEX "payment_attempts_invoiceId_idx" ON "payment_attempts" USING btree ("invoiceId");--> statement-breakpoint
CREATE INDEX "payment_attempts_processorId_idx" ON "payment_attempts" USING btree ("processorId");--> statement-breakpoint
CREATE INDEX "payment_attempts_nextReconcileAt_idx" ON "payment_attempts" USING btree ("nextReconcileAt");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_inbox_source_attemptId_bodyHash_key" ON "webhook_inbox" USING btree ("source","attemptId","bodyHash");--> statement-breakpoint
CREATE INDEX "webhook_inbox_receivedAt_idx" ON "webhook_inbox" USING btree ("receivedAt");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_commissions_invoiceId_key" ON "affiliate_commissions" USING btree ("invoiceId");--> statement-breakpoint
CREATE INDEX "affiliate_commissions_affiliateId_idx" ON "affiliate_commissions" USING btree ("affiliateId");--> statement-breakpoint
CREATE INDEX "affiliate_commissions_status_lockedUntil_idx" ON "affiliate_commissions" USING btree ("status","lockedUntil");--> statement-breakpoint
CREATE INDEX "affiliate_commissions_status_maturesAt_idx" ON "affiliate_commissions" USING btree ("status","maturesAt");--> statement-breakpoint
CREATE INDEX "affiliate_commissions_affiliateId_earnedAt_idx" ON "affiliate_commissions" USING btree ("affiliateId","earnedAt");--> statement-breakpoint
CREATE INDEX "affiliate_commissions_customerId_idx" ON "affiliate_commissions" USING btree ("customerId");--> statement-breakpoint
CREATE UNIQUE INDEX "communities_slug_key" ON "communities" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "communities_domain_key" ON "communities" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "communities_platform_idx" ON "communities" USING btree ("platform");--> statement-breakpoint
CREATE INDEX "communities_slug_idx" ON "communities" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "community_members_communityId_weoktoUserId_key" ON "community_members" USING btree ("communityId","weoktoUserId");--> statement-breakpoint
CREATE UNIQUE INDEX "community_members_communityId_stamUserId_key" ON "community_members" USING btree ("communityId","stamUserId");--> statement-breakpoint
CREATE INDEX "community_members_communityId_idx" ON "community_members" USING btree ("communityId");--> statement-breakpoint
CREATE INDEX "community_members_weoktoUserId_idx" ON "community_members" USING btree ("weoktoUserId");--> statement-breakpoint
CREATE INDEX "community_members_stamUserId_idx" ON "community_members" USING btree ("stamUserId");--> statement-breakpoint
CREATE INDEX "community_members_customerId_idx" ON "community_members" USING btree ("customerId");--> statement-breakpoint
CREATE UNIQUE INDEX "formation_modules_formationId_moduleIndex_key" ON "formation_modules" USING btree ("formationId","moduleIndex");--> statement-breakpoint
CREATE INDEX "formation_modules_formationId_idx" ON "formation_modules" USING btree ("formationId");--> statement-breakpoint
CREATE UNIQUE INDEX "formations_slug_key" ON "formations" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "formations_communityId_idx" ON "formations" USING btree ("communityId");--> statement-breakpoint
CREATE INDEX "formations_slug_idx" ON "formations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "stam_progress_stamUserId_formationId_moduleIndex_key" ON "stam_progress" USING btree ("stamUserId","formationId","moduleIndex");--> statement-breakpoint
CREATE INDEX "stam_progress_stamUserId_idx" ON "stam_progress" USING btree ("stamUserId");--> statement-breakpoint
CREATE INDEX "stam_progress_formationId_idx" ON "stam_progress" USING btree ("formationId");--> statement-breakpoint
CREATE UNIQUE INDEX "magic_link_tokens_token_key" ON "magic_link_tokens" USING btree ("token");--> statement-breakpoint
CREATE INDEX "magic_link_tokens_email_platform_idx" ON "magic_link_tokens" USING btree ("email","platform");--> statement-breakpoint
CREATE INDEX "magic_link_tokens_token_idx" ON "magic_link_tokens" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "stam_sessions_token_key" ON "stam_sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "stam_sessions_userId_idx" ON "stam_sessions" USING btree ("userId");--> statement-breakpoint
CREATE INDEX "stam_sessions_token_idx" ON "stam_sessions" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "stam_users_email_key" ON "stam_users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "stam_users_authId_key" ON "stam_users" USING btree ("authId");--> statement-breakpoint
CREATE INDEX "stam_users_email_idx" ON "stam_users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "terms_acceptances_platform_userId_document_idx" ON "terms_acceptances" USING btree ("platform","userId","document");--> statement-breakpoint
CREATE UNIQUE INDEX "weokto_sessions_token_key" ON "weokto_sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "weokto_sessions_userId_idx" ON "weokto_sessions" USING btree ("userId");--> statement-breakpoint
CREATE INDEX "weokto_sessions_token_idx" ON "weokto_sessions" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "weokto_users_email_key" ON "weokto_users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "weokto_users_authId_key" ON "weokto_users" USING btree ("authId");--> statement-breakpoint
CREATE INDEX "weokto_users_email_idx" ON "weokto_users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "weokto_users_userType_idx" ON "weokto_users" USING btree ("userType");--> statement-breakpoint
CREATE INDEX "weokto_users_riskLevel_idx" ON "weokto_users" USING btree ("riskLevel");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_ledger_affiliateId_account_seq_key" ON "affiliate_ledger" USING btree ("affiliateId","account","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_ledger_idempotencyKey_key" ON "affiliate_ledger" USING btree ("idempotencyKey");--> statement-breakpoint
CREATE INDEX "affiliate_ledger_affiliateId_createdAt_idx" ON "affiliate_ledger" USING btree ("affiliateId","createdAt");--> statement-breakpoint
CREATE INDEX "affiliate_ledger_type_idx" ON "affiliate_ledger" USING btree ("type");--> statement-breakpoint
CREATE INDEX "affiliate_ledger_transactionId_idx" ON "affiliate_ledger" USING btree ("transactionId");--> statement-breakpoint
CREATE INDEX "affiliate_ledger_commissionId_idx" ON "affiliate_ledger" USING btree ("commissionId");--> statement-breakpoint
CREATE INDEX "affiliate_ledger_withdrawalId_idx" ON "affiliate_ledger" USING btree ("withdrawalId");--> statement-breakpoint
CREATE INDEX "affiliate_lot_takes_transactionId_idx" ON "affiliate_lot_takes" USING btree ("transactionId");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_lots_seq_key" ON "affiliate_lots" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "affiliate_lots_affiliateId_seq_idx" ON "affiliate_lots" USING btree ("affiliateId","seq");--> statement-breakpoint
CREATE INDEX "affiliate_lots_commissionId_idx" ON "affiliate_lots" USING btree ("commissionId");--> statement-breakpoint
CREATE UNIQUE INDEX "withdrawal_requests_one_open_key" ON "withdrawal_requests" USING btree ("affiliateId") WHERE "status" IN ('PENDING_REVIEW', 'APPROVED');--> statement-breakpoint
CREATE INDEX "withdrawal_requests_status_idx" ON "withdrawal_requests" USING btree ("status");--> statement-breakpoint
CREATE INDEX "withdrawal_requests_affiliateId_idx" ON "withdrawal_requests" USING btree ("affiliateId");--> statement-breakpoint
CREATE INDEX "audit_log_targetType_targetId_idx" ON "audit_log" USING btree ("targetType","targetId");--> statement-breakpoint
CREATE INDEX "audit_log_actorId_createdAt_idx" ON "audit_log" USING btree ("actorId","createdAt");--> statement-breakpoint
CREATE INDEX "audit_log_createdAt_idx" ON "audit_log" USING btree ("createdAt");--> statement-breakpoint
CREATE INDEX "notifications_platform_userId_createdAt_idx" ON "notifications" USING btree ("platform","userId","createdAt");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupeKey_key" ON "outbox" USING btree ("dedupeKey");--> statement-breakpoint
CREATE INDEX "outbox_sentAt_failedAt_nextAttemptAt_idx" ON "outbox" USING btree ("sentAt","failedAt","nextAttemptAt");--> statement-breakpoint
CREATE INDEX "policies_validFrom_idx" ON "policies" USING btree ("validFrom");--> statement-breakpoint
CREATE INDEX "rate_limits_windowStart_idx" ON "rate_limits" USING btree ("windowStart");--> statement-breakpoint
CREATE UNIQUE INDEX "competition_leaderboard_competitionId_userId_key" ON "competition_leaderboard" USING btree ("competitionId","userId");--> statement-breakpoint
CREATE UNIQUE INDEX "competition_leaderboard_competitionId_guildId_key" ON "competition_leaderboard" USING btree ("competitionId","guildId");--> statement-breakpoint
CREATE INDEX "competition_leaderboard_competitionId_totalSales_idx" ON "competition_leaderboard" USING btree ("competitionId","totalSales");--> statement-breakpoint
CREATE INDEX "competitions_type_startDate_endDate_idx" ON "competitions" USING btree ("type","startDate","endDate");--> statement-breakpoint
CREATE UNIQUE INDEX "pearl_transactions_idempotencyKey_key" ON "pearl_transactions" USING btree ("idempotencyKey");--> statement-breakpoint
CREATE INDEX "pearl_transactions_userId_createdAt_idx" ON "pearl_transactions" USING btree ("userId","createdAt");--> statement-breakpoint
CREATE INDEX "pearl_transactions_invoiceId_idx" ON "pearl_transactions" USING btree ("invoiceId");--> statement-breakpoint
CREATE UNIQUE INDEX "user_cosmetics_userId_cosmeticId_key" ON "user_cosmetics" USING btree ("userId","cosmeticId");--> statement-breakpoint
CREATE INDEX "user_cosmetics_userId_idx" ON "user_cosmetics" USING btree ("userId");