-- Two releases: none is live yet, so that nobody waits. On a filled database each is made CONCURRENTLY by hand before this file runs, which then finds it there.
CREATE INDEX IF NOT EXISTS "affiliate_commissions_earnedAt_id_idx" ON "affiliate_commissions" USING btree ("earnedAt","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "affiliate_commissions_totalAmount_id_idx" ON "affiliate_commissions" USING btree ("totalAmount","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "affiliate_commissions_lockedUntil_id_idx" ON "affiliate_commissions" USING btree ("lockedUntil","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "invoices_datedAt_id_idx" ON "invoices" USING btree ((coalesce("paidAt", "createdAt")),"id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "invoices_amountIncludingTax_id_idx" ON "invoices" USING btree ("amountIncludingTax","id");