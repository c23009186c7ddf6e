-- What two addresses of one mailbox share. The twin of `mailboxOf` in domain/email-address.ts, held equal by db/mailbox.test.ts.
CREATE FUNCTION mailbox_of(email text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN replace(split_part(split_part(lower(btrim(email)), '@', 1), '+', 1), '.', '') || '@'
    || CASE split_part(lower(btrim(email)), '@', 2) WHEN 'googlemail.com' THEN 'gmail.com' ELSE split_part(lower(btrim(email)), '@', 2) END;

-- Whether a checkout asks for the mailed code is decided by the mailbox, so that an address with a tag tells nothing about the one without.
CREATE INDEX stam_users_mailbox_idx ON stam_users (mailbox_of(email::text));
CREATE INDEX weokto_users_mailbox_idx ON weokto_users (mailbox_of(email::text));
