-- Version 1

-- The Worker of the day before opens a form without closing the one before; the application closes it, and has it deleted, by itself.
CREATE OR REPLACE FUNCTION close_earlier_capture() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW."closedAt" IS NULL THEN
    UPDATE capture_sessions SET "closedAt" = NEW."createdAt"
    WHERE "checkoutSessionId" = NEW."checkoutSessionId" AND "closedAt" IS NULL AND id <> NEW.id;
  END IF;
  RETURN NEW;
END $$;
