-- Version 1

-- A condition inside a batch: an UPDATE that matches no row raises nothing by itself, so the batch asks here.
-- SQLSTATE GU001 with the condition's name as the constraint means: what was decided on has changed, load again.
CREATE OR REPLACE FUNCTION guard(ok boolean, name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION 'guard % does not hold', name USING ERRCODE = 'GU001', CONSTRAINT = name;
  END IF;
  RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION guard TO weokto_app;
