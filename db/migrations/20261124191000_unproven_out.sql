-- A proof on weokto.com is one for the person who pays under that address, and browsers that bought under an address before its owner proved it
-- are out from then on. What was proven before this was the rule is mended here.
UPDATE stam_users u SET "emailVerifiedAt" = w."emailVerifiedAt"
  FROM weokto_users w WHERE w.email = u.email AND u."emailVerifiedAt" IS NULL AND w."emailVerifiedAt" IS NOT NULL;
DELETE FROM stam_sessions s USING stam_users u
  WHERE u.id = s."userId" AND s."scopeCustomerId" IS NOT NULL AND (u."emailVerifiedAt" IS NOT NULL OR u."lastLoginAt" IS NOT NULL);
