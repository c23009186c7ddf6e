CREATE TABLE "affiliate_visitor_marks" (
	"affiliateId" text NOT NULL,
	"visitorHash" text NOT NULL,
	"seenAt" timestamp (3) NOT NULL,
	CONSTRAINT "affiliate_visitor_marks_pkey" PRIMARY KEY("affiliateId","visitorHash")
);

CREATE TABLE "webhook_origins" (
	"origin" text PRIMARY KEY NOT NULL
);

ALTER TABLE "checkout_sessions" ALTER COLUMN "browserHash" DROP NOT NULL;
ALTER TABLE "webhook_inbox" ALTER COLUMN "attemptId" DROP NOT NULL;
ALTER TABLE "customers" ADD COLUMN "trialCardToken" text;
ALTER TABLE "customers" ADD COLUMN "trialCardFingerprint" text;
ALTER TABLE "customers" ADD COLUMN "cardFingerprint" text;
ALTER TABLE "capture_sessions" ADD COLUMN "closedAt" timestamp (3);
ALTER TABLE "checkout_sessions" ADD COLUMN "visitorHashBefore" text;
ALTER TABLE "checkout_sessions" ADD COLUMN "capturesOpened" integer DEFAULT 0 NOT NULL;
ALTER TABLE "checkout_sessions" ADD COLUMN "waitUntil" timestamp (3);
ALTER TABLE "payment_attempts" ADD COLUMN "cardToken" text;
ALTER TABLE "payment_attempts" ADD COLUMN "network" text;
ALTER TABLE "payment_attempts" ADD COLUMN "buttonId" text;
ALTER TABLE "payment_attempts" ADD COLUMN "cardFingerprint" text;
ALTER TABLE "payment_attempts" ADD COLUMN "discrepancy" text;
ALTER TABLE "payment_attempts" ADD COLUMN "discrepancyAt" timestamp (3);
ALTER TABLE "payment_attempts" ADD COLUMN "discrepancyResolvedAt" timestamp (3);
ALTER TABLE "webhook_inbox" ADD COLUMN "eventId" text;
ALTER TABLE "webhook_inbox" ADD COLUMN "eventType" text;
ALTER TABLE "webhook_inbox" ADD COLUMN "processorId" text;
ALTER TABLE "webhook_inbox" ADD COLUMN "payload" jsonb;
ALTER TABLE "webhook_inbox" ADD COLUMN "handledAt" timestamp (3);
-- What the columns say of the rows that were there before them.
-- No hash is empty, and no browser's secret may find a checkout that has been closed.
UPDATE checkout_sessions SET "browserHash" = NULL WHERE "browserHash" !~ '^[0-9a-f]{64}$';
UPDATE capture_sessions SET "closedAt" = coalesce("usedAt", least("expiresAt", "createdAt"));
UPDATE checkout_sessions s SET "capturesOpened" = c.opened
  FROM (SELECT "checkoutSessionId" AS id, count(*)::int AS opened FROM capture_sessions GROUP BY 1) c WHERE c.id = s.id;
UPDATE customers SET "trialCardToken" = "pciVaultToken" WHERE "trialUsedAt" IS NOT NULL;
UPDATE payment_attempts a SET "cardToken" = s."cardToken", "buttonId" = s."buttonId"
  FROM checkout_sessions s WHERE s.id = a."checkoutSessionId";
UPDATE payment_attempts a SET discrepancy = l.kind, "discrepancyAt" = l.at
  FROM (SELECT DISTINCT ON ("targetId") "targetId" AS id, split_part(action, '.', 2) AS kind, "createdAt" AS at FROM audit_log
    WHERE "targetType" = 'payment_attempt' AND action IN ('payment.paid_twice', 'payment.mismatch')
    ORDER BY "targetId", "createdAt" DESC) l WHERE l.id = a.id;
INSERT INTO affiliate_visitor_marks ("affiliateId", "visitorHash", "seenAt")
  SELECT s."userId", s."visitorHash", max(s."lastSeenAt") FROM weokto_sessions s
  JOIN affiliate_profiles p ON p."userId" = s."userId" WHERE s."visitorHash" IS NOT NULL GROUP BY 1, 2;

ALTER TABLE checkout_sessions
  -- The Worker of the day before writes an empty text where this one writes null; either is nobody's.
  ADD CONSTRAINT checkout_sessions_browser_is_hash CHECK ("browserHash" ~ '^([0-9a-f]{64})?$'),
  ADD CONSTRAINT checkout_sessions_captures_not_negative CHECK ("capturesOpened" >= 0);
ALTER TABLE magic_link_tokens
  ADD CONSTRAINT magic_link_tokens_browser_is_hash CHECK ("browserHash" ~ '^[0-9a-f]{64}$') NOT VALID;
ALTER TABLE payment_attempts
  ADD CONSTRAINT payment_attempts_discrepancy_known CHECK (discrepancy IN ('paid_twice', 'mismatch')),
  ADD CONSTRAINT payment_attempts_discrepancy_dated CHECK ((discrepancy IS NULL) = ("discrepancyAt" IS NULL)),
  ADD CONSTRAINT payment_attempts_no_card_number CHECK ("cardToken" !~ '^[0-9 -]{13,23}$');
-- The Worker of the day before opens a form without closing the one before; the application closes it, and has it deleted, by itself.
CREATE FUNCTION close_earlier_capture() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW."closedAt" IS NULL THEN
    UPDATE capture_sessions SET "closedAt" = NEW."createdAt"
    WHERE "checkoutSessionId" = NEW."checkoutSessionId" AND "closedAt" IS NULL AND id <> NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER capture_sessions_one_open BEFORE INSERT ON capture_sessions
  FOR EACH ROW EXECUTE FUNCTION close_earlier_capture();
ALTER TABLE webhook_inbox
  ADD CONSTRAINT webhook_inbox_names_something CHECK (num_nonnulls("attemptId", "eventId") > 0);

ALTER TABLE "affiliate_visitor_marks" ADD CONSTRAINT "affiliate_visitor_marks_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE cascade ON UPDATE cascade;
CREATE INDEX "affiliate_visitor_marks_seenAt_idx" ON "affiliate_visitor_marks" USING btree ("seenAt");
-- Not asked of the rows that are there: what they name and is not listed is ignored by the application until somebody changes it.
ALTER TABLE "manual_payment_buttons" ADD CONSTRAINT "manual_payment_buttons_pcivaultWebhookUrl_fkey" FOREIGN KEY ("pcivaultWebhookUrl") REFERENCES "public"."webhook_origins"("origin") ON DELETE restrict ON UPDATE cascade NOT VALID;
CREATE INDEX "customers_productId_trialCardToken_idx" ON "customers" USING btree ("productId","trialCardToken");
CREATE INDEX "customers_productId_trialCardFingerprint_idx" ON "customers" USING btree ("productId","trialCardFingerprint");
CREATE UNIQUE INDEX "capture_sessions_one_open_key" ON "capture_sessions" USING btree ("checkoutSessionId") WHERE "closedAt" IS NULL;
CREATE INDEX "payment_attempts_cardToken_createdAt_idx" ON "payment_attempts" USING btree ("cardToken","createdAt");
CREATE INDEX "payment_attempts_network_createdAt_idx" ON "payment_attempts" USING btree ("network","createdAt");
CREATE INDEX "payment_attempts_buttonId_createdAt_idx" ON "payment_attempts" USING btree ("buttonId","createdAt");
CREATE INDEX "payment_attempts_discrepancy_discrepancyAt_idx" ON "payment_attempts" USING btree ("discrepancy","discrepancyAt");
CREATE UNIQUE INDEX "webhook_inbox_source_eventId_key" ON "webhook_inbox" USING btree ("source","eventId");
CREATE INDEX "webhook_inbox_processorId_idx" ON "webhook_inbox" USING btree ("processorId");
