-- Version 1

-- A count of the policy in force (1 to 100,000); where the owner stored none, the default that the caller gives.
CREATE OR REPLACE FUNCTION policy_count(p_now timestamp, p_path text[], p_default int) RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
  v text := (SELECT p.json #>> p_path FROM policies p WHERE p."validFrom" <= p_now ORDER BY p.version DESC LIMIT 1);
BEGIN
  RETURN CASE WHEN v ~ '^([1-9][0-9]{0,4}|100000)$' THEN v::int ELSE p_default END;
END $$;
