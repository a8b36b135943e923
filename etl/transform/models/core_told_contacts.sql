-- One row a contact of which no leg records a cause but whose customer names one: what the first such words tell.
-- Of what was posted in public only a negative post tells one, as it does among posts.
-- replaces: contact_key of scope_contacts
WITH spoken AS (
    SELECT
        legs.contact_key, legs.business_day, told.cause, told.touchpoint, told.why,
        ROW_NUMBER() OVER (
            PARTITION BY legs.contact_key
            ORDER BY legs.started_at, legs.record_key, CASE WHEN told.field = 'message' THEN 0 ELSE 1 END, told.field
        ) AS place
    FROM scoped_legs AS legs
    JOIN core_told_causes AS told ON told.record_key = legs.record_key AND told.business_day = legs.business_day
    LEFT JOIN core_sentiments AS tone ON tone.record_key = legs.record_key AND tone.business_day = legs.business_day
    WHERE told.cause IS NOT NULL AND (tone.record_key IS NULL OR tone.label = -1)
), recorded AS (
    SELECT DISTINCT contact_key
    FROM scoped_legs
    WHERE cause IS NOT NULL AND contact_key IN (SELECT contact_key FROM spoken)
)
SELECT spoken.contact_key, spoken.business_day, spoken.cause, spoken.touchpoint, spoken.why
FROM spoken
LEFT JOIN recorded ON recorded.contact_key = spoken.contact_key
WHERE spoken.place = 1 AND recorded.contact_key IS NULL
