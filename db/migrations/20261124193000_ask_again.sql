-- Attempts whose answer did not match were asked about no more. They are open still, so they are asked about again, from now on.
UPDATE payment_attempts SET "nextReconcileAt" = "updatedAt"
  WHERE discrepancy = 'mismatch' AND "nextReconcileAt" IS NULL AND status IN ('CREATED', 'SENT', 'REQUIRES_ACTION', 'UNKNOWN');

-- What waits for the owner among everything that was ever delivered: few rows, looked for at each look at the overview.
CREATE INDEX webhook_inbox_open_idx ON webhook_inbox ("receivedAt") WHERE payload IS NOT NULL AND "handledAt" IS NULL AND outcome <> 'foreign';
-- What seems another business's may turn out to be about a payment of ours. It is kept for 90 days, by what it would be known by.
CREATE INDEX webhook_inbox_foreign_idx ON webhook_inbox ("processorId") WHERE payload IS NOT NULL AND "handledAt" IS NULL AND outcome = 'foreign' AND "processorId" IS NOT NULL;
