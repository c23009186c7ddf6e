-- Version 1

-- The six accounts exist from the first moment, at zero, so that the ledger only ever updates them.
-- It runs with its owner's rights because the application may not write balances.
CREATE OR REPLACE FUNCTION open_affiliate_accounts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO affiliate_balances ("affiliateId", account)
  SELECT NEW."userId", account FROM unnest(enum_range(NULL::ledger_account)) AS account
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
