-- Version 1

-- Only a dispute that was lost can be won after all.
CREATE OR REPLACE FUNCTION require_lost_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM refunds WHERE id = NEW."refundId" AND status = 'PROCESSED' AND metadata->>'kind' = 'chargeback') THEN
    RAISE EXCEPTION 'refund % is no lost dispute', NEW."refundId"
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
