CREATE TABLE "email_states" (
	"email" "citext" PRIMARY KEY NOT NULL,
	"bouncedAt" timestamp (3),
	"complainedAt" timestamp (3),
	"provenAt" timestamp (3),
	"liftedAt" timestamp (3)
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "withheldAt" timestamp (3);--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "withheldFor" "citext";