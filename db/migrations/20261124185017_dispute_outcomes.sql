CREATE TABLE "dispute_outcomes" (
	"refundId" text PRIMARY KEY NOT NULL,
	"wonAt" timestamp (3) NOT NULL,
	"createdAt" timestamp (3) DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE "affiliate_commissions" ADD COLUMN "holdRejectedAt" timestamp (3);
ALTER TABLE "dispute_outcomes" ADD CONSTRAINT "dispute_outcomes_refundId_fkey" FOREIGN KEY ("refundId") REFERENCES "public"."refunds"("id") ON DELETE restrict ON UPDATE cascade;
