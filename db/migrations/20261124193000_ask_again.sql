-- Attempts whose answer did not match were asked about no more. They are open still, so they are asked about again, from now on.
UPDATE payment_attempts SET "nextReconcileAt" = "updatedAt"
  WHERE discrepancy = 'mismatch' AND "nextReconcileAt" IS NULL AND status IN ('CREATED', 'SENT', 'REQUIRES_ACTION', 'UNKNOWN');

-- What waits for somebody among everything that was ever delivered: few rows, looked for at each look at the overview.
CREATE INDEX webhook_inbox_open_idx ON webhook_inbox ("receivedAt") WHERE payload IS NOT NULL AND "handledAt" IS NULL;
