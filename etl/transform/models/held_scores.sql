-- One row a counted, scored answer of a survey of its own, with the contact it is about and what it takes from it;
-- a cause that neither records is the one that its words tell.
-- replaces: record_key of scope_responses
WITH loose AS (
    SELECT DISTINCT
        answer.record_key, answer.source, answer.named_contact, answer.responded_at,
        COALESCE(core_identities.customer_id, answer.customer_identifier) AS customer_id
    FROM scoped_responses AS answer
    LEFT JOIN core_identities ON core_identities.identifier = answer.customer_identifier
    WHERE answer.contact_key IS NULL
        AND answer.is_counted AND answer.score IS NOT NULL AND answer.kind IS NOT NULL
), named AS (
    SELECT loose.record_key, MIN(legs.contact_key) AS contact_key
    FROM loose
    JOIN core_records ON core_records.record_id = loose.named_contact AND core_records.source <> loose.source
    JOIN core_interactions AS legs ON legs.record_key = core_records.record_key
    GROUP BY loose.record_key
    HAVING COUNT(DISTINCT legs.contact_key) = 1
), latest AS (
    SELECT
        loose.record_key, contacts.contact_key,
        ROW_NUMBER() OVER (
            PARTITION BY loose.record_key ORDER BY contacts.started_at DESC, contacts.contact_key DESC
        ) AS place
    FROM loose
    JOIN core_contacts AS contacts ON contacts.customer_id = loose.customer_id
        AND contacts.started_at <= loose.responded_at
        AND EXTRACT(EPOCH FROM loose.responded_at) - EXTRACT(EPOCH FROM contacts.started_at) <= 604800
), worded AS (
    SELECT
        told.record_key, told.cause, told.touchpoint,
        ROW_NUMBER() OVER (PARTITION BY told.record_key ORDER BY told.field) AS place
    FROM loose
    JOIN core_told_causes AS told ON told.record_key = loose.record_key
    WHERE told.cause IS NOT NULL
), about AS (
    SELECT
        COALESCE(named.record_key, latest.record_key) AS record_key,
        COALESCE(named.contact_key, latest.contact_key) AS contact_key,
        named.contact_key IS NULL AS is_inferred
    FROM named
    FULL JOIN (SELECT record_key, contact_key FROM latest WHERE place = 1) AS latest
        ON latest.record_key = named.record_key
)
SELECT
    answer.record_key, answer.source, answer.question, answer.kind, answer.score, answer.responded_at,
    answer.business_day,
    COALESCE(core_identities.customer_id, answer.customer_identifier, contacts.customer_id) AS customer_id,
    about.contact_key, COALESCE(about.is_inferred, FALSE) AS is_inferred,
    COALESCE(contacts.channel, 'survey') AS channel, contacts.team, contacts.queue,
    COALESCE(NULLIF(answer.reason, 'unassigned'), contacts.reason, answer.reason) AS reason,
    COALESCE(NULLIF(answer.cause, 'unassigned'), contacts.cause, answer.cause, worded.cause) AS cause,
    COALESCE(NULLIF(answer.touchpoint, 'unassigned'), contacts.touchpoint, answer.touchpoint,
        CASE WHEN COALESCE(answer.cause, contacts.cause) IS NULL THEN worded.touchpoint END) AS touchpoint,
    COALESCE(answer.product, contacts.product) AS product, COALESCE(answer.region, contacts.region) AS region,
    COALESCE(answer.segment, contacts.segment) AS segment, COALESCE(answer.language, contacts.language) AS language
FROM scoped_responses AS answer
LEFT JOIN about ON about.record_key = answer.record_key
LEFT JOIN core_identities ON core_identities.identifier = answer.customer_identifier
LEFT JOIN core_contacts AS contacts ON contacts.contact_key = about.contact_key
LEFT JOIN worded ON worded.record_key = answer.record_key AND worded.place = 1 AND answer.kind <> 'enps'
WHERE answer.contact_key IS NULL AND answer.is_counted AND answer.score IS NOT NULL AND answer.kind IS NOT NULL
