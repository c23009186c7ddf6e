CREATE TABLE "affiliate_notes" (
	"affiliateId" text PRIMARY KEY NOT NULL,
	"note" text,
	"version" integer NOT NULL,
	"writtenBy" text,
	"writtenAt" timestamp (3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "affiliate_notes" ADD CONSTRAINT "affiliate_notes_affiliateId_fkey" FOREIGN KEY ("affiliateId") REFERENCES "public"."weokto_users"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "affiliate_notes" ADD CONSTRAINT "affiliate_notes_writtenBy_fkey" FOREIGN KEY ("writtenBy") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;