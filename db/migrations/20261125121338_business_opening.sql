CREATE TABLE "business_opening" (
	"one" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"ownerId" text,
	"openedAt" timestamp (3) NOT NULL,
	CONSTRAINT "business_opening_once" CHECK ("business_opening"."one" = 1)
);
--> statement-breakpoint
ALTER TABLE "business_opening" ADD CONSTRAINT "business_opening_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "public"."weokto_users"("id") ON DELETE set null ON UPDATE cascade;