-- Version 2

-- A condition inside a batch: an UPDATE that matches no row raises nothing by itself, so the batch asks here.
-- SQLSTATE GU001 with the condition's name as the constraint means: what was decided on has changed, load again.
CREATE OR REPLACE FUNCTION guard(ok boolean, name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION 'guard % does not hold', name USING ERRCODE = 'GU001', CONSTRAINT = name;
  END IF;
  RETURN true;
END $$;

-- Takes these names for the rest of the transaction; whoever names one of them too waits. Every caller takes its names in one and the same order, so
-- that no two can wait for each other. A statement after this one sees what the other wrote.
CREATE OR REPLACE FUNCTION lock_names(p_names jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(key)
  FROM (SELECT DISTINCT hashtextextended(name, 0) AS key FROM jsonb_array_elements_text(p_names) AS asked(name) ORDER BY key) AS ordered;
END $$;

GRANT EXECUTE ON FUNCTION guard TO weokto_app;
