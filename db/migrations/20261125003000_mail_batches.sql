-- Two releases: not needed, because "batchId" is new and no row of the earlier program can break a rule about it; the table is purged and short.
ALTER TABLE "outbox" ADD COLUMN "batchId" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "public"."outbox"("id") ON DELETE set null ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "outbox_batchId_idx" ON "outbox" USING btree ("batchId");--> statement-breakpoint
-- A batch travels by itself.
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_batch_alone" CHECK ("kind" <> 'batch' OR "batchId" IS NULL);
