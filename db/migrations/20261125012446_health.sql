CREATE TABLE "health_problems" (
	"key" text PRIMARY KEY NOT NULL,
	"since" timestamp (3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "heartbeats" ALTER COLUMN "scheduledFor" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "heartbeats" ALTER COLUMN "startedAt" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "heartbeats" ADD COLUMN "knownSince" timestamp (3);