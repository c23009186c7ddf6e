-- Version 1

-- A member of STAM's communities by their StamUser, of a guild by their WEOKTO account; who was one before is active again.
CREATE OR REPLACE FUNCTION join_community(m community_members, p_weokto_user text, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_weokto_user IS NULL THEN
    INSERT INTO community_members AS old (id, "communityId", platform, "stamUserId", email, "displayName", "joinedAt", "isActive", "customerId",
      "currentProductId", "createdAt", "updatedAt")
    VALUES (m.id, m."communityId", m.platform, m."stamUserId", m.email, m."displayName", p_now, true, m."customerId", m."currentProductId",
      p_now, p_now)
    ON CONFLICT ("communityId", "stamUserId") DO UPDATE SET "customerId" = excluded."customerId",
      "currentProductId" = excluded."currentProductId", "isActive" = true, "updatedAt" = p_now;
  ELSE
    INSERT INTO community_members AS old (id, "communityId", platform, "weoktoUserId", email, "displayName", "joinedAt", "isActive", "customerId",
      "currentProductId", "createdAt", "updatedAt")
    VALUES (m.id, m."communityId", m.platform, p_weokto_user, m.email, m."displayName", p_now, true, m."customerId", m."currentProductId",
      p_now, p_now)
    ON CONFLICT ("communityId", "weoktoUserId") DO UPDATE SET "customerId" = excluded."customerId",
      "currentProductId" = excluded."currentProductId", "isActive" = true, "updatedAt" = p_now;
  END IF;
END $$;
