-- Version 1

-- What two addresses of one mailbox share. The twin of `mailboxOf` in domain/base/email-address.ts, held equal by db/mailbox.test.ts.
CREATE OR REPLACE FUNCTION mailbox_of(email text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN replace(split_part(split_part(lower(btrim(email)), '@', 1), '+', 1), '.', '') || '@'
    || CASE split_part(lower(btrim(email)), '@', 2) WHEN 'googlemail.com' THEN 'gmail.com' ELSE split_part(lower(btrim(email)), '@', 2) END;
